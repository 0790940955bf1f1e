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

variable "labels" {
  type        = map(string)
  description = "Labels of every resource that can bear them."
}

variable "protected" {
  type        = bool
  description = "Whether Terraform refuses to destroy or replace the buckets of archives and runs."
}

variable "run_days" {
  type        = number
  description = "Days after which the objects of runs are deleted, datasets and models among them. Null keeps them."
  default     = null
  validation {
    condition     = try(var.run_days > 0 && floor(var.run_days) == var.run_days, var.run_days == null)
    error_message = "run_days is a whole number above 0, or null."
  }
}

variable "temp_days" {
  type        = number
  description = "Days after which temporary objects are deleted."
  default     = 15
  validation {
    condition     = var.temp_days >= 15 && floor(var.temp_days) == var.temp_days
    error_message = "temp_days is a whole number, 15 or more: a job may run for 14 days, and loses data if its temporary objects vanish."
  }
}

variable "soft_delete_days" {
  type        = object({ archives = optional(number, 7), runs = optional(number, 0), temp = optional(number, 0) })
  description = "Days for which deleted objects can be restored, and are paid for: 0, or 7 to 90."
  default     = {}
  validation {
    condition     = alltrue([for days in var.soft_delete_days : days == 0 || (7 <= days && days <= 90)])
    error_message = "Cloud Storage keeps deleted objects for 7 to 90 days, or not at all (0)."
  }
}
