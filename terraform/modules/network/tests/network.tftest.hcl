mock_provider "google" {
  source = "../../mocks"
}

variables {
  project       = "my-project"
  name          = "alexnet-dev"
  region        = "us-central1"
  address_range = "10.10.0.0/20"
}

run "keeps_the_internet_out" {
  command = plan
  assert {
    condition     = google_compute_network.main.auto_create_subnetworks == false
    error_message = "The network has a subnetwork in every region."
  }
  assert {
    condition     = google_compute_subnetwork.main.private_ip_google_access
    error_message = "Machines without an external address cannot reach storage."
  }
  assert {
    condition     = google_compute_firewall.dataflow.source_tags == toset(["dataflow"]) && length(google_compute_firewall.dataflow.source_ranges) == 0
    error_message = "More than Dataflow's workers may come in."
  }
  assert {
    condition     = length(google_compute_router.main) == 0 && length(google_compute_router_nat.main) == 0
    error_message = "Nobody asked for the internet."
  }
  assert {
    condition     = output.network == google_compute_network.main.id && output.subnetwork == google_compute_subnetwork.main.id
    error_message = "The outputs are ${output.network} and ${output.subnetwork}."
  }
}

run "opens_the_way_out_when_asked" {
  command = plan
  variables {
    internet = true
  }
  assert {
    condition     = length(google_compute_router.main) == 1 && length(google_compute_router_nat.main) == 1
    error_message = "The internet was asked for."
  }
  assert {
    condition     = google_compute_router_nat.main[0].router == google_compute_router.main[0].name
    error_message = "The translation is on another router."
  }
}

run "refuses_an_address_within_a_network" {
  command = plan
  variables {
    address_range = "10.10.0.1/20"
  }
  expect_failures = [var.address_range]
}
