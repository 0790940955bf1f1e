variable "project" {
  type        = string
  description = "Id of the project that holds the environment."
}

variable "region" {
  type        = string
  description = "Region of the buckets and of the jobs."
  default     = "us-central1"
}

variable "hourly_prices" {
  type        = map(object({ standard = number, spot = number }))
  description = "US dollars an hour by profile, where they differ from those of us-central1."
  default     = {}
}

variable "internet" {
  type        = bool
  description = "Whether machines may open connections to the internet, for jobs that download from outside Google."
  default     = false
}

variable "launchers" {
  type        = set(string)
  description = "Who may launch jobs, as user:NAME@DOMAIN, group:NAME@DOMAIN or serviceAccount:EMAIL."
  default     = []
}

variable "alert_emails" {
  type        = set(string)
  description = "Addresses that alerts go to. Without any, they are seen in the console only."
  default     = []
}

variable "billing_account" {
  type        = string
  description = "Account that pays, as 0123AB-0123AB-0123AB, for a budget. Null makes none: a budget needs rights on the account."
  default     = null
}
