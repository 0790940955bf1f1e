package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Provisioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a machine is looked for.
 *
 * @param provisioning in the order in which they are tried
 * @param zones in the order in which they are tried with each provisioning
 * @param maxQueueSeconds how long an attempt may wait for a machine
 * @param maxAttempts how many attempts may run on a machine, before the launch ends
 */
public record Policy(
    @JsonProperty("provisioning") List<Provisioning> provisioning,
    @JsonProperty("zones") List<String> zones,
    @JsonProperty("max_queue_seconds") long maxQueueSeconds,
    @JsonProperty("max_attempts") int maxAttempts) {
  public Policy {
    new Problems("policy")
        .require(provisioning != null && !provisioning.isEmpty(), "provisioning is empty")
        .require(zones != null && !zones.isEmpty(), "zones is empty")
        .require(
            maxQueueSeconds > 0, "max_queue_seconds is %s; it must be above 0", maxQueueSeconds)
        .require(maxAttempts > 0, "max_attempts is %s; it must be above 0", maxAttempts)
        .throwIfAny();
    provisioning = List.copyOf(provisioning);
    zones = List.copyOf(zones);
  }

  /** Every offer, in the order in which they are tried: zone after zone for each provisioning. */
  public List<Offer> offers() {
    List<Offer> offers = new ArrayList<>();
    for (Provisioning one : provisioning) {
      zones.forEach(zone -> offers.add(new Offer(one, zone)));
    }
    return List.copyOf(offers);
  }

  public Duration maxQueueWait() {
    return Duration.ofSeconds(maxQueueSeconds);
  }

  /** The options that differ, with their values there and here; empty if none does. */
  List<String> differencesFrom(Policy other) {
    return new Differences()
        .between(LaunchSettings.PROVISIONING, other.provisioning, provisioning)
        .between(LaunchSettings.ZONES_TO_TRY, other.zones, zones)
        .between(
            LaunchSettings.MAX_QUEUE_WAIT,
            other.maxQueueWait().toMinutes(),
            maxQueueWait().toMinutes())
        .between(LaunchSettings.MAX_ATTEMPTS, other.maxAttempts, maxAttempts)
        .found();
  }
}
