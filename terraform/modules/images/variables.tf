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
