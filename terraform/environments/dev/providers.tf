terraform {
  required_version = ">= 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }
  # The rest is given once: terraform init -backend-config=bucket=PROJECT-alexnet-state
  backend "gcs" {
    prefix = "dev"
  }
}

# Some APIs, that of budgets among them, refuse a person's credentials without a project to charge.
provider "google" {
  project               = var.project
  region                = var.region
  billing_project       = var.project
  user_project_override = true
}
