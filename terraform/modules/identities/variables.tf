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

variable "buckets" {
  type        = object({ archives = string, runs = string, temp = string })
  description = "Names of the buckets, by purpose."
}

variable "repository_id" {
  type        = string
  description = "Id of the repository of images."
}

variable "failed_jobs_topic" {
  type        = string
  description = "Pub/Sub topic that Batch tells of failed jobs."
}

variable "launchers" {
  type        = set(string)
  description = "Who may launch jobs, as user:NAME@DOMAIN, group:NAME@DOMAIN or serviceAccount:EMAIL."
  default     = []
  validation {
    condition     = alltrue([for member in var.launchers : can(regex("^(user|group|serviceAccount):[^@:/]+@[^@:/]+$", member))])
    error_message = "A launcher is named as user:NAME@DOMAIN, group:NAME@DOMAIN or serviceAccount:EMAIL."
  }
}
