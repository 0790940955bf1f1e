variable "project" {
  type        = string
  description = "Project that holds the resources."
}

variable "name" {
  type        = string
  description = "What the names of the resources start with, such as alexnet-dev."
}

variable "region" {
  type        = string
  description = "Region of the resources, and of the jobs that use them."
}

variable "address_range" {
  type        = string
  description = "Private addresses of the machines, such as 10.10.0.0/20."
  validation {
    condition     = can(cidrhost(var.address_range, 0)) && try(cidrsubnet(var.address_range, 0, 0) == var.address_range, false)
    error_message = "address_range is a network in CIDR form, such as 10.10.0.0/20."
  }
}

variable "internet" {
  type        = bool
  description = "Whether machines may open connections to the internet. Google's APIs and container registry are reached without it."
  default     = false
}
