# For results that count: runs stay, deleted objects can be restored, and a destroy is refused.
module "environment" {
  source           = "../../modules/environment"
  environment      = "prod"
  profile          = "l4"
  address_range    = "10.20.0.0/20"
  protected        = true
  run_days         = null
  soft_delete_days = { archives = 30, runs = 7, temp = 0 }
  monthly_budget   = 2000

  project         = var.project
  region          = var.region
  hourly_prices   = var.hourly_prices
  internet        = var.internet
  launchers       = var.launchers
  alert_emails    = var.alert_emails
  billing_account = var.billing_account
}
