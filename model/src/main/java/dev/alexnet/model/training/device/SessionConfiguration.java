package dev.alexnet.model.training.device;

import dev.alexnet.model.network.LocalDevices;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.session.SessionConfigurations;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** Configures TensorFlow for the devices of a placement. */
public final class SessionConfiguration {
  private static final long MEBI = 1 << 20;

  private SessionConfiguration() {}

  public static ConfigProto of(Placement placement) {
    return of(placement, placement.halves() ? LocalDevices.gpuBytes().get(0) : 0);
  }

  /**
   * @param gpuBytes of the first GPU's memory that TensorFlow may use; halved if the towers share
   *     it
   */
  static ConfigProto of(Placement placement, long gpuBytes) {
    ConfigProto.Builder configuration =
        SessionConfigurations.onDevices()
            .putDeviceCount("CPU", placement.cpuDevices())
            .setAllowSoftPlacement(false);
    if (placement.halves()) {
      long half = gpuBytes / MEBI / 2;
      configuration
          .getGpuOptionsBuilder()
          .getExperimentalBuilder()
          .addVirtualDevices(
              GPUOptions.Experimental.VirtualDevices.newBuilder()
                  .addMemoryLimitMb((float) half)
                  .addMemoryLimitMb((float) half));
    }
    return configuration.build();
  }
}
