variable "project" {
  type        = string
  description = "Id of the project that holds the environment."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

variable "region" {
  type        = string
  description = "Region of the buckets and of the jobs: data that cross regions cost money and time."
}

variable "environment" {
  type        = string
  description = "Name of the environment, such as dev."
}

variable "profile" {
  type        = string
  description = "Machine that a job gets unless it asks for another one: l4, t4, a100 or a100-80."
}

variable "hourly_prices" {
  type        = map(object({ standard = number, spot = number }))
  description = "US dollars an hour by profile, where they differ from those of us-central1."
}

variable "address_range" {
  type        = string
  description = "Private addresses of the machines, such as 10.10.0.0/20."
}

variable "internet" {
  type        = bool
  description = "Whether machines may open connections to the internet."
}

variable "protected" {
  type        = bool
  description = "Whether Terraform refuses to destroy or replace the buckets of archives and runs."
}

variable "run_days" {
  type        = number
  description = "Days after which the objects of runs are deleted. Null keeps them."
}

variable "soft_delete_days" {
  type        = object({ archives = number, runs = number, temp = number })
  description = "Days for which deleted objects can be restored, and are paid for: 0, or 7 to 90."
}

variable "launchers" {
  type        = set(string)
  description = "Who may launch jobs, as user:NAME@DOMAIN, group:NAME@DOMAIN or serviceAccount:EMAIL."
}

variable "alert_emails" {
  type        = set(string)
  description = "Addresses that alerts go to."
}

variable "billing_account" {
  type        = string
  description = "Account that pays, for a budget. Null makes none."
}

variable "monthly_budget" {
  type        = number
  description = "Amount a month that the budget watches, in the currency of the billing account."
}
