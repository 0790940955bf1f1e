# Each API that something in the environment calls. They stay on after a destroy, because others in
# the project may use them.
resource "google_project_service" "main" {
  for_each           = var.services
  project            = var.project
  service            = each.value
  disable_on_destroy = false
}

# An API that was just enabled answers 403 for a minute or two, so what needs one waits here.
resource "terraform_data" "settled" {
  triggers_replace = sort(var.services)
  depends_on       = [google_project_service.main]
  provisioner "local-exec" {
    command = "sleep ${var.settle_seconds}"
  }
}
