locals {
  buckets = {
    archives = { delete_days = null, soft_delete_days = var.soft_delete_days.archives }
    runs     = { delete_days = var.run_days, soft_delete_days = var.soft_delete_days.runs }
    temp     = { delete_days = var.temp_days, soft_delete_days = var.soft_delete_days.temp }
  }
}

# ImageNet's archives as downloaded, the work directories of runs, and what a job may lose. Without
# versions: every checkpoint that a run prunes would stay, at half a gigabyte.
resource "google_storage_bucket" "main" {
  for_each                    = local.buckets
  project                     = var.project
  name                        = "${var.project}-${var.name}-${each.key}"
  location                    = var.region
  labels                      = var.labels
  force_destroy               = !var.protected
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = false
  }

  soft_delete_policy {
    retention_duration_seconds = each.value.soft_delete_days * 86400
  }

  lifecycle_rule {
    condition {
      age = 7
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.delete_days[*]
    content {
      condition {
        age = lifecycle_rule.value
      }
      action {
        type = "Delete"
      }
    }
  }
}

# prevent_destroy cannot depend on a variable. This resource can: it changes whenever a bucket with
# data would be destroyed or replaced, and its own refusal stops the plan.
resource "terraform_data" "protection" {
  count            = var.protected ? 1 : 0
  triggers_replace = [for purpose in ["archives", "runs"] : google_storage_bucket.main[purpose].id]
  lifecycle {
    prevent_destroy = true
  }
}
