locals {
  services = [
    "artifactregistry.googleapis.com", "batch.googleapis.com", "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com", "dataflow.googleapis.com", "iam.googleapis.com",
    "iamcredentials.googleapis.com", "logging.googleapis.com", "monitoring.googleapis.com",
    "pubsub.googleapis.com", "serviceusage.googleapis.com", "storage.googleapis.com",
  ]
}

module "profile" {
  source        = "../profile"
  environment   = var.environment
  region        = var.region
  profile       = var.profile
  hourly_prices = var.hourly_prices
}

module "services" {
  source   = "../services"
  project  = var.project
  services = var.billing_account == null ? local.services : concat(local.services, ["billingbudgets.googleapis.com"])
}

module "network" {
  source        = "../network"
  project       = module.services.project
  region        = var.region
  name          = module.profile.name
  address_range = var.address_range
  internet      = var.internet
}

module "storage" {
  source           = "../storage"
  project          = module.services.project
  region           = var.region
  name             = module.profile.name
  labels           = module.profile.labels
  protected        = var.protected
  run_days         = var.run_days
  soft_delete_days = var.soft_delete_days
}

module "images" {
  source  = "../images"
  project = module.services.project
  region  = var.region
  name    = module.profile.name
  labels  = module.profile.labels
}

module "observability" {
  source       = "../observability"
  project      = module.services.project
  name         = module.profile.name
  labels       = module.profile.labels
  alert_emails = var.alert_emails
}

module "identities" {
  source            = "../identities"
  project           = module.services.project
  region            = var.region
  name              = module.profile.name
  buckets           = module.storage.buckets
  repository_id     = module.images.repository_id
  failed_jobs_topic = module.observability.failed_jobs_topic
  launchers         = var.launchers
}

module "budget" {
  count                 = var.billing_account == null ? 0 : 1
  source                = "../budget"
  project               = module.services.project
  name                  = module.profile.name
  billing_account       = var.billing_account
  monthly_budget        = var.monthly_budget
  notification_channels = module.observability.notification_channels
}
