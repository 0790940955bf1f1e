package dev.alexnet.ops.launch;

import com.fasterxml.jackson.annotation.JsonValue;
import com.google.cloud.batch.v1.AllocationPolicy.ProvisioningModel;
import dev.alexnet.infra.settings.SettingType;

/** On which terms Google lends a machine, the cheapest first. */
public enum Provisioning {
  /** Starts when capacity is spare, at the lowest price; may be taken away at any time. */
  SPOT(ProvisioningModel.SPOT),
  /** Waits in a queue for capacity, then runs undisturbed for at most seven days. */
  FLEX_START(ProvisioningModel.FLEX_START),
  /** At the full price, for as long as it is wanted. */
  STANDARD(ProvisioningModel.STANDARD);

  private final ProvisioningModel model;

  Provisioning(ProvisioningModel model) {
    this.model = model;
  }

  ProvisioningModel model() {
    return model;
  }

  /** As it is written in settings and in JSON: {@code flex-start}. */
  @Override
  @JsonValue
  public String toString() {
    return SettingType.word(this);
  }
}
