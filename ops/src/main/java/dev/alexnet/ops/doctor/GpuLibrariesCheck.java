package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.GpuAbsence;
import dev.alexnet.model.network.GpuLibraries;
import dev.alexnet.model.network.GpuLibraries.Missing;
import java.util.List;

/**
 * Finds out why TensorFlow's GPU build would work on the CPU, which it does without a word if one
 * of many libraries is missing.
 */
final class GpuLibrariesCheck {
  private static final String SUBJECT = "GPU libraries";

  private GpuLibrariesCheck() {}

  /** Nothing if TensorFlow is the CPU build. */
  static List<Check> ofThisMachine() {
    return GpuLibraries.areUsed() ? List.of(of(GpuLibraries.missing())) : List.of();
  }

  static Check of(List<Missing> missing) {
    if (missing.isEmpty()) {
      return Check.good(SUBJECT, "NVIDIA's driver, CUDA and cuDNN load");
    }
    return new Check(SUBJECT, Failure.Kind.DEVICE, GpuAbsence.ofLibraries(missing));
  }
}
