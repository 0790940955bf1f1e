variable "project" {
  type        = string
  description = "Project in which the APIs are enabled."
}

variable "services" {
  type        = set(string)
  description = "APIs to enable, such as batch.googleapis.com."
  validation {
    condition     = alltrue([for service in var.services : endswith(service, ".googleapis.com")])
    error_message = "An API is named in full, such as batch.googleapis.com."
  }
}

variable "settle_seconds" {
  type        = number
  description = "Seconds that newly enabled APIs get before they are called."
  default     = 120
  validation {
    condition     = var.settle_seconds >= 0 && floor(var.settle_seconds) == var.settle_seconds
    error_message = "settle_seconds is a whole number, 0 or more."
  }
}
