package dev.alexnet.model.training.device;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LocalDevices;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.session.GpuEnvironment;
import java.util.ArrayList;
import java.util.List;

/** Chooses the towers' devices among those of this machine. */
final class Devices {
  private Devices() {}

  /** The towers' devices, and why these. */
  record Choice(Placement placement, String reason) {}

  /**
   * Chooses the towers' devices. {@code auto} takes two GPUs, or one for both towers, or two
   * devices on the CPU.
   *
   * @throws Failure of kind DEVICE if a requested device does not exist, or GPUs are fewer than
   *     required
   */
  static Choice placement(String devices, int towers, int requiredGpus) {
    LocalDevices.requireGpus(requiredGpus);
    int gpus = LocalDevices.gpus();
    if (devices.equals(Placement.AUTO)) {
      return automatic(gpus, towers);
    }
    Placement placement = Placement.parse(devices, towers);
    check(placement, gpus);
    return new Choice(placement, "as requested");
  }

  static Choice automatic(int gpus, int towers) {
    List<Device> list = new ArrayList<>();
    for (int tower = 0; tower < towers; tower++) {
      list.add(new Device(gpus > 0, gpus == 1 ? 0 : tower));
    }
    String seen = gpus == 1 ? "TensorFlow sees 1 GPU" : "TensorFlow sees " + gpus + " GPUs";
    String because =
        gpus == 0
            ? ", so the towers run on the CPU"
            : gpus == 1 && towers == 2 ? ", which both towers share" : ", one for each tower";
    return new Choice(new Placement(list), seen + because);
  }

  private static void check(Placement placement, int gpus) {
    if (placement.halves() && gpus != 1) {
      throw new Failure(
          Failure.Kind.DEVICE,
          placement
              + " takes the two halves of the only GPU; TensorFlow sees "
              + gpus
              + (gpus == 0 ? " GPUs" : " GPUs. Give gpu:0,gpu:1, or set CUDA_VISIBLE_DEVICES=0"));
    }
    for (Device device : placement.towers()) {
      if (!placement.halves() && device.gpu() && device.index() >= gpus) {
        throw new Failure(
            Failure.Kind.DEVICE,
            "There is no device " + device + "; TensorFlow sees " + gpus + " GPUs on this machine");
      }
    }
  }

  /**
   * @throws Failure of kind MISMATCH if GPUs would compute less exactly, or less repeatably, than
   *     was asked for
   */
  static void checkEnvironment(
      Placement placement, Precision precision, boolean deterministic, GpuEnvironment environment) {
    if (placement.towers().stream().noneMatch(Device::gpu)) {
      return;
    }
    if (precision == Precision.FP32) {
      environment.requireExactFloat32(", or choose the precision bf16");
    }
    if (deterministic) {
      environment.requireDeterminism();
    }
  }
}
