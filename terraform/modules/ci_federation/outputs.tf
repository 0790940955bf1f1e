output "provider" {
  description = "What CI names as its identity provider, as projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER."
  value       = google_iam_workload_identity_pool_provider.github.name
}
