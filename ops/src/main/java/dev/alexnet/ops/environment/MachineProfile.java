package dev.alexnet.ops.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;
import java.util.List;
import java.util.Objects;

/**
 * A machine with GPUs that a region offers.
 *
 * @param machineType of Compute Engine, such as {@code g2-standard-24}
 * @param accelerator the type of its GPUs, such as {@code nvidia-l4}
 * @param accelerators how many GPUs it has; at least one for each tower
 * @param quota names of the regional quotas that its GPUs count against
 * @param hourlyPrice of the whole machine; null if it is not known
 * @param zones of the region that offer it, in full
 */
public record MachineProfile(
    @JsonProperty("machine_type") String machineType,
    @JsonProperty("accelerator") String accelerator,
    @JsonProperty("accelerators") int accelerators,
    @JsonProperty("quota") Quota quota,
    @JsonProperty("hourly_price") @JsonInclude(JsonInclude.Include.NON_NULL)
        HourlyPrice hourlyPrice,
    @JsonProperty("zones") List<String> zones) {

  private static final int TOWERS = 2;

  /** Names such as {@code NVIDIA_L4_GPUS} and {@code PREEMPTIBLE_NVIDIA_L4_GPUS}. */
  public record Quota(
      @JsonProperty("standard") String standard, @JsonProperty("spot") String spot) {
    public Quota {
      new Problems("quota")
          .requireGiven("standard", standard)
          .requireGiven("spot", spot)
          .throwIfAny();
    }
  }

  /** In US dollars. A list price: what is billed may differ. */
  public record HourlyPrice(
      @JsonProperty("standard") double standard, @JsonProperty("spot") double spot) {
    public HourlyPrice {
      new Problems("hourly_price")
          .require(
              0 < spot && spot <= standard && standard < Double.POSITIVE_INFINITY,
              "spot is %s and standard is %s; both are above 0, and Spot costs at most as much",
              spot,
              standard)
          .throwIfAny();
    }
  }

  public MachineProfile {
    new Problems("profile")
        .requireGiven("machine_type", machineType)
        .requireGiven("accelerator", accelerator)
        .require(
            accelerators >= TOWERS,
            "accelerators is %s; it must be at least %s, one for each tower",
            accelerators,
            TOWERS)
        .requireGiven("quota", quota)
        .requireGiven("zones", zones)
        .require(
            zones == null || zones.stream().allMatch(Objects::nonNull),
            "zones has one that is null")
        .throwIfAny();
    zones = List.copyOf(zones);
  }

  /**
   * Whether the GPUs are attached to a machine type without any, and asked for beside it. Otherwise
   * they belong to the machine type.
   */
  public boolean hasAttachedAccelerators() {
    return machineType.startsWith("n1-");
  }
}
