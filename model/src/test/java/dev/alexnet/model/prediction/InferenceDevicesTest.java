package dev.alexnet.model.prediction;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Device;
import org.junit.jupiter.api.Test;

class InferenceDevicesTest {

  @Test
  void available_ofAuto_isEveryGpuOrTheCpu() {
    assertThat(InferenceDevices.AUTOMATIC.available(3))
        .containsExactly(new Device(true, 0), new Device(true, 1), new Device(true, 2));
    assertThat(InferenceDevices.AUTOMATIC.available(0)).containsExactly(new Device(false, 0));
  }

  @Test
  void available_ofNamedDevices_isThese() {
    InferenceDevices both = new InferenceDevices("gpu:1,cpu:0", 0);
    assertThat(both.available(2)).containsExactly(new Device(true, 1), new Device(false, 0));
    assertThatFailure(() -> both.available(1))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessageContaining("There is no device gpu:1; TensorFlow sees 1 GPUs");
  }

  @Test
  void batchesOn_isTheLimitOrTwoOfAGpu() {
    assertThat(InferenceDevices.AUTOMATIC.batchesOn(new Device(true, 0))).isEqualTo(2);
    assertThat(InferenceDevices.AUTOMATIC.batchesOn(Device.HOST))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(new InferenceDevices("auto", 7).batchesOn(new Device(true, 0))).isEqualTo(7);
  }

  @Test
  void new_unknownDevice_isRefused() {
    assertUsage("tpu:0", 0, "'tpu:0' is not a device");
    assertUsage("gpu:0,", 0, "'' is not a device");
    assertUsage("gpu:0,gpu:0", 0, "devices has a device twice");
    assertUsage("auto", -1, "batches-per-device is -1");
  }

  private static void assertUsage(String names, int batches, String message) {
    assertThatFailure(() -> new InferenceDevices(names, batches))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining(message);
  }
}
