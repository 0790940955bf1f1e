output "project" {
  description = "The project, once its APIs answer: whatever is made in it depends on this value."
  value       = var.project
  depends_on  = [terraform_data.settled]
}
