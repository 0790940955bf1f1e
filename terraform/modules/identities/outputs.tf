output "service_accounts" {
  description = "E-mail addresses of the service accounts, by purpose."
  value       = { for purpose, account in google_service_account.main : purpose => account.email }
}
