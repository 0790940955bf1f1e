output "name" {
  description = "What the names of the environment's resources start with."
  value       = "alexnet-${var.environment}"
}

output "labels" {
  description = "Labels of everything in the environment, its jobs and their machines."
  value = {
    application = "alexnet"
    environment = var.environment
  }
}

output "profiles" {
  description = "Machines that the region offers, by profile, with their zones, quotas and prices."
  value = {
    for name, machine in local.known : name => {
      machine_type = machine.machine_type
      accelerator  = machine.accelerator
      accelerators = 2
      quota        = { standard = machine.quota, spot = "PREEMPTIBLE_${machine.quota}" }
      hourly_price = lookup(var.hourly_prices, name, machine.hourly_price)
      zones        = [for zone in machine.zones[var.region] : "${var.region}-${zone}"]
    } if contains(keys(machine.zones), var.region)
  }
}
