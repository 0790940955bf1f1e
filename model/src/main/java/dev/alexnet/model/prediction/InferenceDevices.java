package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LocalDevices;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The devices that models run on: each holds all models, and computes whole batches.
 *
 * @param names {@code auto}, which is every GPU, or the CPU if there is none; or devices such as
 *     {@code gpu:0,gpu:1}
 * @param batches how many batches a device works on at a time, which limits its memory; 0 means 2
 *     on a GPU, which computes one while the next is decoded, and one per core on the CPU
 */
public record InferenceDevices(String names, int batches) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String AUTO = "auto";
  private static final int BATCHES_OF_GPU = 2;

  public static final InferenceDevices AUTOMATIC = new InferenceDevices(AUTO, 0);

  public InferenceDevices {
    new Problems("devices")
        .require(names != null && !names.isBlank(), "devices is missing")
        .require(batches >= 0, "batches-per-device is %s; it must be at least 0", batches)
        .throwIfAny();
    List<Device> named = named(names);
    new Problems("devices")
        .require(
            new HashSet<>(named).size() == named.size(), "devices has a device twice: %s", names)
        .throwIfAny();
  }

  private static List<Device> named(String names) {
    return names.equals(AUTO)
        ? List.of()
        : Arrays.stream(names.split(",", -1)).map(Device::parse).toList();
  }

  /**
   * @throws Failure of kind DEVICE if one of the named devices does not exist
   */
  List<Device> available() {
    List<Device> named = named(names);
    boolean onlyCpu = !named.isEmpty() && named.stream().noneMatch(Device::gpu);
    return onlyCpu ? named : available(LocalDevices.gpus());
  }

  /**
   * @param gpus how many the machine has
   */
  List<Device> available(int gpus) {
    if (names.equals(AUTO)) {
      return gpus == 0
          ? List.of(Device.HOST)
          : IntStream.range(0, gpus).mapToObj(index -> new Device(true, index)).toList();
    }
    List<Device> named = named(names);
    for (Device device : named) {
      if (device.gpu() && device.index() >= gpus) {
        throw new Failure(
            Failure.Kind.DEVICE,
            "There is no device "
                + device
                + "; TensorFlow sees "
                + gpus
                + " GPUs on this machine. Build with ALEXNET_PROFILES=gpu, and check that the "
                + "driver, CUDA 12 and cuDNN 9 are installed, or choose other --devices");
      }
    }
    return named;
  }

  /** How many batches the device works on at a time. */
  int batchesOn(Device device) {
    if (batches > 0) {
      return batches;
    }
    return device.gpu() ? BATCHES_OF_GPU : Runtime.getRuntime().availableProcessors();
  }
}
