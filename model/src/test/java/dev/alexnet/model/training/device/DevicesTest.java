package dev.alexnet.model.training.device;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.session.GpuEnvironment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

class DevicesTest {
  private static final Placement GPUS = Placement.parse("gpu:0,gpu:1", 2);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 2 | cpu:0,cpu:1 | TensorFlow sees 0 GPUs, so the towers run on the CPU",
        "1 | 2 | gpu:0,gpu:0 | TensorFlow sees 1 GPU, which both towers share",
        "2 | 2 | gpu:0,gpu:1 | TensorFlow sees 2 GPUs, one for each tower",
        "4 | 1 | gpu:0 | TensorFlow sees 4 GPUs, one for each tower"
      })
  void automatic_ofSoManyGpus_choosesAndSaysWhy(
      int gpus, int towers, String placement, String reason) {
    Devices.Choice choice = Devices.automatic(gpus, towers);
    assertThat(choice.placement()).hasToString(placement);
    assertThat(choice.reason()).isEqualTo(reason);
  }

  @Test
  void parse_ofTwoHalves_isTwoGpusOfTensorFlow() {
    Placement halves = Placement.parse("gpu:0/2", 2);
    assertThat(halves)
        .isEqualTo(new Placement(List.of(new Device(true, 0), new Device(true, 1)), true))
        .hasToString("gpu:0/2");
  }

  @Test
  void parse_ofTwoHalvesForOneTower_saysHowManyThereAre() {
    assertThatFailure(() -> Placement.parse("gpu:0/2", 1))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("devices names 2 devices; this network has 1 towers");
  }

  @Test
  void configuration_ofTwoHalves_sharesTheMemoryOfTheFirstGpu() {
    ConfigProto configuration =
        SessionConfiguration.of(Placement.parse("gpu:0/2", 2), 79L * 1024 * 1024 * 1024);
    GPUOptions options = configuration.getGpuOptions();
    assertThat(options.getAllowGrowth()).isTrue();
    assertThat(options.getExperimental().getVirtualDevicesList())
        .containsExactly(
            GPUOptions.Experimental.VirtualDevices.newBuilder()
                .addMemoryLimitMb(40_448)
                .addMemoryLimitMb(40_448)
                .build());
    assertThat(configuration.getAllowSoftPlacement()).isFalse();
  }

  @Test
  void configuration_ofTwoCpus_asksForThemAndSplitsNoGpu() {
    ConfigProto configuration = SessionConfiguration.of(Placement.parse("cpu:0,cpu:1", 2));
    assertThat(configuration.getDeviceCountMap()).containsExactly(Map.entry("CPU", 2));
    assertThat(configuration.getGpuOptions().getExperimental().getVirtualDevicesList()).isEmpty();
  }

  @Test
  void placement_ofTwoHalvesWithoutAGpu_isRefused() {
    assertThatFailure(() -> Devices.placement("gpu:0/2", 2, 0))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessage("gpu:0/2 takes the two halves of the only GPU; TensorFlow sees 0 GPUs");
  }

  @Test
  void placement_whereGpusAreRequiredAndMissing_isRefused() {
    assertThatFailure(() -> Devices.placement("auto", 2, 64))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessageContaining("64 GPUs are required");
  }

  @Test
  void checkEnvironment_whereGpusMayShortenFloat32_isRefused() {
    GpuEnvironment unset = new GpuEnvironment(Map.of());
    GpuEnvironment exact = new GpuEnvironment(Map.of("NVIDIA_TF32_OVERRIDE", "0"));
    assertThatFailure(() -> Devices.checkEnvironment(GPUS, Precision.FP32, false, unset))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "NVIDIA_TF32_OVERRIDE is not 0 in the environment, so GPUs would compute in TF32, with a"
                + " thousandth of the accuracy of float32; set it to 0, as the launcher does, or"
                + " choose the precision bf16");
    assertThatCode(() -> Devices.checkEnvironment(GPUS, Precision.FP32, false, exact))
        .doesNotThrowAnyException();
    assertThatCode(() -> Devices.checkEnvironment(GPUS, Precision.BF16, false, unset))
        .doesNotThrowAnyException();
    assertThatCode(() -> Devices.checkEnvironment(Placement.host(2), Precision.FP32, false, unset))
        .doesNotThrowAnyException();
  }

  @Test
  void checkEnvironment_whereGpusMayGiveOtherBitsEachTime_isRefusedIfThatMatters() {
    Map<String, String> exact = Map.of("NVIDIA_TF32_OVERRIDE", "0");
    assertThatFailure(
            () -> Devices.checkEnvironment(GPUS, Precision.FP32, true, new GpuEnvironment(exact)))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "deterministic is true, but TF_DETERMINISTIC_OPS is not 1 in the environment, so"
                + " operations on GPUs may give other bits each time; set it to 1 for the whole"
                + " command");
    GpuEnvironment both =
        new GpuEnvironment(Map.of("NVIDIA_TF32_OVERRIDE", "0", "TF_DETERMINISTIC_OPS", "1"));
    assertThatCode(() -> Devices.checkEnvironment(GPUS, Precision.FP32, true, both))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                Devices.checkEnvironment(
                    Placement.host(2), Precision.FP32, true, new GpuEnvironment(Map.of())))
        .doesNotThrowAnyException();
  }
}
