output "buckets" {
  description = "Names of the buckets, by purpose."
  value       = { for purpose, bucket in google_storage_bucket.main : purpose => bucket.name }
}
