variable "project" {
  type        = string
  description = "Id of an existing project with billing."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

variable "region" {
  type        = string
  description = "Region of the bucket that holds Terraform's state."
}

variable "deployers" {
  type        = set(string)
  description = "Who may act as the deployer, as user:NAME@DOMAIN or group:NAME@DOMAIN. Owners of the project need not."
  default     = []
  validation {
    condition     = alltrue([for member in var.deployers : can(regex("^(user|group):[^@:/]+@[^@:/]+$", member))])
    error_message = "A deployer is named as user:NAME@DOMAIN or group:NAME@DOMAIN."
  }
}

variable "repository_id" {
  type        = string
  description = "Number of the repository on GitHub whose CI plans and applies. Null for none."
  default     = null
}
