package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.GpuLibraries;
import dev.alexnet.model.network.GpuLibraries.Missing;
import java.util.List;
import java.util.stream.Collectors;

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
    String names =
        missing.stream()
            .map(library -> library.name() + " (" + library.reason() + ")")
            .collect(Collectors.joining(", "));
    return new Check(
        SUBJECT,
        Failure.Kind.DEVICE,
        "TensorFlow works on the CPU, because it cannot load " + names + ". " + remedy(missing));
  }

  private static String remedy(List<Missing> missing) {
    boolean driver = missing.stream().anyMatch(each -> each.name().equals(GpuLibraries.DRIVER));
    boolean others = missing.stream().anyMatch(each -> !each.name().equals(GpuLibraries.DRIVER));
    String ofDriver = "Install NVIDIA's driver for CUDA 12, 525.60 or newer";
    String ofOthers =
        "Install CUDA 12 and cuDNN 9, or build with both: ALEXNET_PROFILES=gpu,natives";
    return driver && others ? ofDriver + ". " + ofOthers : driver ? ofDriver : ofOthers;
  }
}
