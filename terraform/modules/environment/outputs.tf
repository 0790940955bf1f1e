output "contract" {
  description = "What programs read: dev.alexnet.ops.environment.EnvironmentContract. A change of its shape raises schema."
  value = {
    schema            = 1
    environment       = var.environment
    project           = var.project
    region            = var.region
    network           = module.network.network
    subnetwork        = module.network.subnetwork
    buckets           = module.storage.buckets
    service_accounts  = module.identities.service_accounts
    image_repository  = module.images.repository
    failed_jobs_topic = module.observability.failed_jobs_topic
    labels            = module.profile.labels
    profile           = var.profile
    profiles          = module.profile.profiles
  }
}
