variable "project" {
  type        = string
  description = "Project whose costs the budget watches."
}

variable "name" {
  type        = string
  description = "Name of the budget, such as alexnet-dev."
}

variable "billing_account" {
  type        = string
  description = "Account that pays, as XXXXXX-XXXXXX-XXXXXX."
  validation {
    condition     = can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.billing_account))
    error_message = "The billing account has the form 0123AB-0123AB-0123AB."
  }
}

variable "monthly_budget" {
  type        = number
  description = "Amount a month, in the currency of the billing account."
  validation {
    condition     = var.monthly_budget > 0 && floor(var.monthly_budget) == var.monthly_budget
    error_message = "monthly_budget is a whole number above 0."
  }
}

variable "notification_channels" {
  type        = list(string)
  description = "Channels that are told, besides the administrators of the billing account. At most five."
  default     = []
  validation {
    condition     = length(var.notification_channels) <= 5
    error_message = "A budget takes at most five channels."
  }
}
