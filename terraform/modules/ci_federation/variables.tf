variable "project" {
  type        = string
  description = "Project that trusts the repository."
}

variable "name" {
  type        = string
  description = "Name of the pool, such as alexnet-ci."
  validation {
    condition     = can(regex("^[a-z0-9-]{4,32}$", var.name)) && !startswith(var.name, "gcp-")
    error_message = "The name of a pool has 4 to 32 characters: lower-case letters, digits and dashes. It does not start with gcp-."
  }
}

variable "repository_id" {
  type        = string
  description = "Number of the repository on GitHub. A name could be taken by somebody else after a rename."
  validation {
    condition     = can(regex("^[0-9]+$", var.repository_id))
    error_message = "repository_id is a number: gh api repos/OWNER/NAME --jq .id"
  }
}

variable "planner" {
  type        = string
  description = "Service account that every branch may use, as projects/PROJECT/serviceAccounts/EMAIL. It reads."
}

variable "deployer" {
  type        = string
  description = "Service account that the main branch alone may use, as projects/PROJECT/serviceAccounts/EMAIL. It changes things."
}
