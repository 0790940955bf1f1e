package dev.alexnet.ops.launch;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.cloud.batch.v1.AllocationPolicy.ProvisioningModel;
import dev.alexnet.infra.settings.SettingType;
import java.time.Duration;

/** On which terms Google lends a machine, the cheapest first. */
public enum Provisioning {
  /** Starts when capacity is spare, at the lowest price; may be taken away at any time. */
  SPOT(ProvisioningModel.SPOT, 14),
  /** Waits in a queue for capacity, then runs undisturbed for at most seven days. */
  FLEX_START(ProvisioningModel.FLEX_START, 7),
  /** At the full price, for as long as it is wanted. */
  STANDARD(ProvisioningModel.STANDARD, 14);

  private final ProvisioningModel model;
  private final Duration longest;

  Provisioning(ProvisioningModel model, int longestDays) {
    this.model = model;
    this.longest = Duration.ofDays(longestDays);
  }

  ProvisioningModel model() {
    return model;
  }

  /** How long Batch lets a task run. */
  Duration longest() {
    return longest;
  }

  /** As it is written in settings and in JSON: {@code flex-start}. */
  @Override
  @JsonValue
  public String toString() {
    return SettingType.word(this);
  }
}
