mock_provider "google" {
  source = "../../mocks"
}

variables {
  project      = "my-project"
  launchers    = ["group:ml@example.com"]
  alert_emails = ["ml@example.com"]
}

run "contract" {
  command = plan
  assert {
    condition     = output.contract.schema == 1 && output.contract.environment == "prod" && output.contract.profile == "l4"
    error_message = "The contract is ${jsonencode(output.contract)}."
  }
  assert {
    condition = output.contract.buckets == {
      archives = "my-project-alexnet-prod-archives"
      runs     = "my-project-alexnet-prod-runs"
      temp     = "my-project-alexnet-prod-temp"
    }
    error_message = "The buckets are ${jsonencode(output.contract.buckets)}."
  }
  assert {
    condition     = output.contract.image_repository == "us-central1-docker.pkg.dev/my-project/alexnet-prod"
    error_message = "The images are in ${output.contract.image_repository}."
  }
}

run "with_everything" {
  command = plan
  variables {
    region          = "europe-west4"
    billing_account = "0123AB-0123AB-0123AB"
    internet        = true
    hourly_prices   = { l4 = { standard = 2.20, spot = 0.90 } }
  }
  assert {
    condition     = output.contract.profiles["l4"].hourly_price.spot == 0.90 && output.contract.region == "europe-west4"
    error_message = "The contract is ${jsonencode(output.contract)}."
  }
}
