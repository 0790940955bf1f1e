package dev.alexnet.model.network;

import dev.alexnet.model.network.GpuLibraries.Missing;
import java.util.List;
import java.util.stream.Collectors;

/** Says why TensorFlow sees no GPU, or fewer than there should be, and what to do. */
public final class GpuAbsence {
  private GpuAbsence() {}

  /** The reason on this machine, in sentences. */
  public static String ofThisMachine() {
    return GpuLibraries.areUsed()
        ? ofTheGpuBuild(GpuLibraries.missing())
        : "This is TensorFlow's build for the CPU; build with ALEXNET_PROFILES=gpu";
  }

  /**
   * @param missing libraries that do not load
   */
  static String ofTheGpuBuild(List<Missing> missing) {
    return missing.isEmpty()
        ? "Its libraries load; nvidia-smi shows which GPUs the machine has, and CUDA_VISIBLE_DEVICES can hide some"
        : ofLibraries(missing);
  }

  /**
   * @param missing libraries that do not load, at least one
   */
  public static String ofLibraries(List<Missing> missing) {
    String names =
        missing.stream()
            .map(library -> library.name() + " (" + library.reason() + ")")
            .collect(Collectors.joining(", "));
    return "TensorFlow works on the CPU, because it cannot load " + names + ". " + remedy(missing);
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
