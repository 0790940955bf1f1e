# A network of its own, because the default one lets SSH and RDP in from everywhere.
resource "google_compute_network" "main" {
  project                 = var.project
  name                    = var.name
  auto_create_subnetworks = false
}

# Machines have no external address: they reach storage, logs and images over Private Google Access.
resource "google_compute_subnetwork" "main" {
  project                  = var.project
  region                   = var.region
  name                     = var.name
  network                  = google_compute_network.main.id
  ip_cidr_range            = var.address_range
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.1
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

# Dataflow workers that do not use its shuffle service exchange data on these ports, and hang if they
# cannot. Nothing else may come in.
resource "google_compute_firewall" "dataflow" {
  project     = var.project
  name        = "${var.name}-dataflow"
  network     = google_compute_network.main.id
  direction   = "INGRESS"
  source_tags = ["dataflow"]
  target_tags = ["dataflow"]

  allow {
    protocol = "tcp"
    ports    = ["12345-12346"]
  }
}

# Carries the translation below.
resource "google_compute_router" "main" {
  count   = var.internet ? 1 : 0
  project = var.project
  region  = var.region
  name    = var.name
  network = google_compute_network.main.id
}

# Only for jobs that download from outside Google, such as GPU drivers: it costs by the hour and the
# byte, and lets data out.
resource "google_compute_router_nat" "main" {
  count                              = var.internet ? 1 : 0
  project                            = var.project
  region                             = var.region
  name                               = var.name
  router                             = google_compute_router.main[0].name
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "ALL_SUBNETWORKS_ALL_IP_RANGES"

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}
