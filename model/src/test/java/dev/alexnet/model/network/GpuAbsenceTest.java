package dev.alexnet.model.network;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.GpuLibraries.Missing;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuAbsenceTest {
  @Test
  void requireGpus_ofTheCpuBuild_saysWhatToBuild() {
    assumeFalse(GpuLibraries.areUsed(), "needs TensorFlow's CPU build");
    assertThatFailure(() -> LocalDevices.requireGpus(2))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessage(
            "2 GPUs are required, but TensorFlow sees 0. This is TensorFlow's build for the CPU; build with ALEXNET_PROFILES=gpu");
  }

  @Test
  void ofTheGpuBuild_withoutDriver_namesIt() {
    assertThat(GpuAbsence.ofTheGpuBuild(List.of(new Missing(GpuLibraries.DRIVER, "no such file"))))
        .isEqualTo(
            "TensorFlow works on the CPU, because it cannot load libcuda.so.1 (no such file). Install NVIDIA's driver for CUDA 12, 525.60 or newer");
  }

  @Test
  void ofTheGpuBuild_withAllLibraries_saysWhereToLook() {
    assertThat(GpuAbsence.ofTheGpuBuild(List.of()))
        .isEqualTo(
            "Its libraries load; nvidia-smi shows which GPUs the machine has, and CUDA_VISIBLE_DEVICES can hide some");
  }
}
