variable "project" {
  type        = string
  description = "Project that holds the resources."
}

variable "name" {
  type        = string
  description = "What the names of the resources start with, such as alexnet-dev."
}

variable "labels" {
  type        = map(string)
  description = "Labels of every resource that can bear them."
}

variable "alert_emails" {
  type        = set(string)
  description = "Addresses that alerts go to. Without any, they are seen in the console only."
  default     = []
  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "An address has the form NAME@DOMAIN."
  }
}

variable "stalled_minutes" {
  type        = number
  description = "Minutes without a line of progress after which a running job counts as stalled."
  default     = 30
  validation {
    condition     = var.stalled_minutes >= 10 && floor(var.stalled_minutes) == var.stalled_minutes
    error_message = "stalled_minutes is a whole number, 10 or more: a machine needs that long to start."
  }
}
