# Machines with two GPUs, the zones that offer them, and US dollars an hour in us-central1. Prices
# and zones change: correct them here.
locals {
  known = {
    l4 = {
      machine_type = "g2-standard-24"
      accelerator  = "nvidia-l4"
      quota        = "NVIDIA_L4_GPUS"
      hourly_price = { standard = 2.00, spot = 0.80 }
      zones = {
        asia-southeast1 = ["a", "b", "c"]
        europe-west4    = ["a", "b", "c"]
        us-central1     = ["a", "b", "c"]
        us-east1        = ["b", "c", "d"]
        us-east4        = ["a", "c"]
        us-west1        = ["a", "b", "c"]
      }
    }
    t4 = {
      machine_type = "n1-standard-16"
      accelerator  = "nvidia-tesla-t4"
      quota        = "NVIDIA_T4_GPUS"
      hourly_price = { standard = 1.46, spot = 0.44 }
      zones = {
        asia-southeast1 = ["a", "b", "c"]
        europe-west4    = ["a", "b", "c"]
        us-central1     = ["a", "b", "c", "f"]
        us-east1        = ["c", "d"]
        us-east4        = ["a", "b", "c"]
        us-west1        = ["a", "b"]
      }
    }
    a100 = {
      machine_type = "a2-highgpu-2g"
      accelerator  = "nvidia-tesla-a100"
      quota        = "NVIDIA_A100_GPUS"
      hourly_price = { standard = 7.35, spot = 3.67 }
      zones = {
        asia-southeast1 = ["a", "b", "c"]
        europe-west4    = ["a", "b"]
        us-central1     = ["a", "b", "c", "f"]
        us-east1        = ["b"]
        us-west1        = ["b"]
      }
    }
    a100-80 = {
      machine_type = "a2-ultragpu-2g"
      accelerator  = "nvidia-a100-80gb"
      quota        = "NVIDIA_A100_80GB_GPUS"
      hourly_price = { standard = 10.14, spot = 5.07 }
      zones = {
        asia-southeast1 = ["c"]
        europe-west4    = ["a"]
        us-central1     = ["a", "c"]
        us-east4        = ["c"]
      }
    }
  }
}
