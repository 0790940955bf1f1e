# For trying things out: runs go after three months, and a destroy leaves nothing.
module "environment" {
  source           = "../../modules/environment"
  environment      = "dev"
  profile          = "l4"
  address_range    = "10.10.0.0/20"
  protected        = false
  run_days         = 90
  soft_delete_days = { archives = 0, runs = 0, temp = 0 }
  monthly_budget   = 200

  project         = var.project
  region          = var.region
  hourly_prices   = var.hourly_prices
  internet        = var.internet
  launchers       = var.launchers
  alert_emails    = var.alert_emails
  billing_account = var.billing_account
}
