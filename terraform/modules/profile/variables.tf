variable "environment" {
  type        = string
  description = "Name of the environment, such as dev. Part of the name of everything in it."
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,10}[a-z0-9]$", var.environment))
    error_message = "environment has 2 to 12 characters: lower-case letters, digits and dashes. It starts with a letter and does not end with a dash."
  }
}

variable "region" {
  type        = string
  description = "Region in which jobs run."
  validation {
    condition     = anytrue([for machine in local.known : contains(keys(machine.zones), var.region)])
    error_message = "No machine with two GPUs is known in this region. Choose another region, or add it to modules/profile/profiles.tf."
  }
}

variable "profile" {
  type        = string
  description = "Machine that a job gets unless it asks for another one: l4, t4, a100 or a100-80."
  validation {
    condition     = contains(keys(local.known), var.profile)
    error_message = "The profile is l4, t4, a100 or a100-80."
  }
  validation {
    condition     = contains(keys(try(local.known[var.profile].zones, {})), var.region)
    error_message = "No zone of this region is known to offer this profile. Choose another profile, or add the zones to modules/profile/profiles.tf."
  }
}

variable "hourly_prices" {
  type        = map(object({ standard = number, spot = number }))
  description = "US dollars an hour by profile, where the region's or your contract's prices differ from those of us-central1."
  default     = {}
  validation {
    condition     = length(setsubtract(keys(var.hourly_prices), keys(local.known))) == 0
    error_message = "hourly_prices names an unknown profile. The profiles are l4, t4, a100 and a100-80."
  }
  validation {
    condition     = alltrue([for price in var.hourly_prices : 0 < price.spot && price.spot <= price.standard])
    error_message = "Prices are above 0, and a Spot machine costs at most as much as a standard one."
  }
}
