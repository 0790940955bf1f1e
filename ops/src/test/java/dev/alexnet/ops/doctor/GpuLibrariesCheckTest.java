package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.GpuLibraries;
import dev.alexnet.model.network.GpuLibraries.Missing;
import java.util.List;
import org.junit.jupiter.api.Test;

class GpuLibrariesCheckTest {
  private static final Missing DRIVER = new Missing(GpuLibraries.DRIVER, "no such file");
  private static final Missing CUDNN = new Missing("libcudnn.so.9", "libz.so.1: no such file");

  @Test
  void of_allThatLoad_isGood() {
    assertThat(GpuLibrariesCheck.of(List.of()))
        .isEqualTo(Check.good("GPU libraries", "NVIDIA's driver, CUDA and cuDNN load"));
  }

  @Test
  void of_aMissingOne_namesItAndTheReasonAndWhatToInstall() {
    Check check = GpuLibrariesCheck.of(List.of(CUDNN));
    assertThat(check.problem()).isEqualTo(Failure.Kind.DEVICE);
    assertThat(check.finding())
        .isEqualTo(
            "TensorFlow works on the CPU, because it cannot load libcudnn.so.9 (libz.so.1: no such"
                + " file). Install CUDA 12 and cuDNN 9, or build with both:"
                + " ALEXNET_PROFILES=gpu,natives");
  }

  @Test
  void of_aMissingDriver_namesTheDriver() {
    assertThat(GpuLibrariesCheck.of(List.of(DRIVER)).finding())
        .endsWith(
            "libcuda.so.1 (no such file). Install NVIDIA's driver for CUDA 12, 525.60 or newer");
    assertThat(GpuLibrariesCheck.of(List.of(DRIVER, CUDNN)).finding())
        .endsWith(
            "525.60 or newer. Install CUDA 12 and cuDNN 9, or build with both:"
                + " ALEXNET_PROFILES=gpu,natives");
  }

  @Test
  void ofThisMachine_withTheCpuBuild_isNoCheck() {
    assumeFalse(GpuLibraries.areUsed(), "needs TensorFlow's CPU build");
    assertThat(GpuLibrariesCheck.ofThisMachine()).isEmpty();
  }
}
