output "network" {
  description = "Network of the jobs, as projects/PROJECT/global/networks/NAME."
  value       = google_compute_network.main.id
}

output "subnetwork" {
  description = "Subnetwork of the jobs, as projects/PROJECT/regions/REGION/subnetworks/NAME."
  value       = google_compute_subnetwork.main.id
}
