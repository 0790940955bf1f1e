output "contract" {
  description = "What programs read: terraform output -json contract > environment.json"
  value       = module.environment.contract
}
