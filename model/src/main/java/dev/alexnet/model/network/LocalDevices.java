package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.session.SessionConfigurations;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** The devices that TensorFlow sees on this machine. */
public final class LocalDevices {
  private LocalDevices() {}

  /** TensorFlow's version, such as {@code 2.18.0}. */
  public static String tensorFlowVersion() {
    return TensorFlow.version();
  }

  /** The number of GPUs; also 0 if a library that they need is missing. */
  public static int gpus() {
    return gpuBytes().size();
  }

  /**
   * @throws Failure of kind DEVICE, which says why, if TensorFlow sees fewer GPUs
   */
  public static void requireGpus(int required) {
    int gpus = required == 0 ? 0 : gpus();
    if (gpus < required) {
      throw new Failure(
          Failure.Kind.DEVICE,
          "%d GPUs are required, but TensorFlow sees %d. %s"
              .formatted(required, gpus, GpuAbsence.ofThisMachine()));
    }
  }

  /** How many bytes of memory TensorFlow may use on each GPU that it sees. */
  public static List<Long> gpuBytes() {
    byte[] configuration = SessionConfigurations.onDevices().build().toByteArray();
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TFE_ContextOptions options = TFE_ContextOptions.newContextOptions();
      // Otherwise this context would allocate all memory of every GPU, and keep it.
      tensorflow.TFE_ContextOptionsSetConfig(
          options, new BytePointer(configuration), configuration.length, status);
      status.throwExceptionIfNotOK();
      TFE_Context context = TFE_Context.newContext(options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = tensorflow.TFE_ContextListDevices(context, status);
      status.throwExceptionIfNotOK();
      List<Long> bytes = new ArrayList<>();
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        if (tensorflow.TF_DeviceListType(list, i, status).getString().equals("GPU")) {
          bytes.add(tensorflow.TF_DeviceListMemoryBytes(list, i, status));
        }
      }
      tensorflow.TF_DeleteDeviceList(list);
      return bytes;
    }
  }
}
