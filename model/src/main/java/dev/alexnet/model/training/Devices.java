package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LocalDevices;
import dev.alexnet.model.network.Placement;
import java.util.ArrayList;
import java.util.List;

/** Which devices there are, and which the towers get. */
final class Devices {
  private Devices() {}

  /**
   * Chooses the towers' devices. {@code auto} takes two GPUs, or one for both towers, or two
   * devices on the CPU.
   *
   * @throws Failure of kind DEVICE where a device that is asked for is not there
   */
  static Placement placement(String devices, int towers, int requiredGpus) {
    int gpus = LocalDevices.gpus();
    if (gpus < requiredGpus) {
      throw new Failure(
          Failure.Kind.DEVICE,
          requiredGpus
              + " GPUs are required and TensorFlow sees "
              + gpus
              + ". Build with ALEXNET_PROFILES=gpu, and check that the driver, CUDA 12 and cuDNN 9"
              + " are there: TensorFlow falls back to the CPU without a word where one is missing");
    }
    if (devices.equals("auto")) {
      return automatic(gpus, towers);
    }
    Placement placement = Placement.parse(devices, towers);
    for (Device device : placement.towers()) {
      if (device.gpu() && device.index() >= gpus) {
        throw new Failure(
            Failure.Kind.DEVICE,
            "There is no " + device + "; TensorFlow sees " + gpus + " GPUs on this machine");
      }
    }
    return placement;
  }

  static Placement automatic(int gpus, int towers) {
    List<Device> list = new ArrayList<>();
    for (int tower = 0; tower < towers; tower++) {
      list.add(new Device(gpus > 0, gpus == 1 ? 0 : tower));
    }
    return new Placement(list);
  }
}
