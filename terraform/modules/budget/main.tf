# Budgets are kept by number, so a project named by its id would be changed by every apply.
data "google_project" "main" {
  project_id = var.project
}

# Tells of costs and stops nothing: what stops a job is its time limit, and quota.
resource "google_billing_budget" "main" {
  billing_account = var.billing_account
  display_name    = var.name

  budget_filter {
    projects = ["projects/${data.google_project.main.number}"]
  }

  amount {
    specified_amount {
      units = tostring(var.monthly_budget)
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]
    content {
      threshold_percent = threshold_rules.value
      spend_basis       = "CURRENT_SPEND"
    }
  }

  threshold_rules {
    threshold_percent = 1
    spend_basis       = "FORECASTED_SPEND"
  }

  dynamic "all_updates_rule" {
    for_each = length(var.notification_channels) > 0 ? ["main"] : []
    content {
      monitoring_notification_channels = var.notification_channels
    }
  }
}
