variables {
  environment = "dev"
  region      = "us-east4"
  profile     = "l4"
}

run "offers_what_the_region_has" {
  command = plan
  assert {
    condition     = output.name == "alexnet-dev"
    error_message = "The name is ${output.name}."
  }
  assert {
    condition     = output.labels == { application = "alexnet", environment = "dev" }
    error_message = "The labels are ${jsonencode(output.labels)}."
  }
  assert {
    condition     = keys(output.profiles) == ["a100-80", "l4", "t4"]
    error_message = "The profiles are ${jsonencode(keys(output.profiles))}."
  }
  assert {
    condition = jsonencode(output.profiles.l4) == jsonencode({
      machine_type = "g2-standard-24"
      accelerator  = "nvidia-l4"
      accelerators = 2
      quota        = { standard = "NVIDIA_L4_GPUS", spot = "PREEMPTIBLE_NVIDIA_L4_GPUS" }
      hourly_price = { standard = 2.00, spot = 0.80 }
      zones        = ["us-east4-a", "us-east4-c"]
    })
    error_message = "The profile l4 is ${jsonencode(output.profiles.l4)}."
  }
}

run "takes_the_prices_of_the_region" {
  command = plan
  variables {
    hourly_prices = { t4 = { standard = 2, spot = 1 } }
  }
  assert {
    condition     = output.profiles.t4.hourly_price.spot == 1 && output.profiles.l4.hourly_price.spot == 0.80
    error_message = "The prices are ${jsonencode([for profile in output.profiles : profile.hourly_price])}."
  }
}

run "refuses_a_long_name" {
  command = plan
  variables {
    environment = "development-2"
  }
  expect_failures = [var.environment]
}

run "refuses_an_unknown_profile" {
  command = plan
  variables {
    profile = "h100"
  }
  expect_failures = [var.profile]
}

run "refuses_a_profile_that_the_region_lacks" {
  command = plan
  variables {
    profile = "a100"
  }
  expect_failures = [var.profile]
}

run "refuses_a_region_without_gpus" {
  command = plan
  variables {
    region = "mars-north1"
  }
  expect_failures = [var.region]
}

run "refuses_a_spot_price_above_the_standard_price" {
  command = plan
  variables {
    hourly_prices = { l4 = { standard = 1, spot = 2 } }
  }
  expect_failures = [var.hourly_prices]
}

run "refuses_a_price_of_an_unknown_profile" {
  command = plan
  variables {
    hourly_prices = { l5 = { standard = 2, spot = 1 } }
  }
  expect_failures = [var.hourly_prices]
}
