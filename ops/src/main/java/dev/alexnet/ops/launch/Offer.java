package dev.alexnet.ops.launch;

import static java.util.Objects.requireNonNull;

/**
 * Where and on which terms an attempt asks for a machine.
 *
 * @param zone in full, such as {@code us-central1-a}
 */
public record Offer(Provisioning provisioning, String zone) {
  public Offer {
    requireNonNull(provisioning, "provisioning is null");
    requireNonNull(zone, "zone is null");
  }

  @Override
  public String toString() {
    return provisioning + " in " + zone;
  }
}
