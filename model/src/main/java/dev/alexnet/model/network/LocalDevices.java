package dev.alexnet.model.network;

import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/** What TensorFlow sees on this machine. */
public final class LocalDevices {
  private LocalDevices() {}

  /** How many GPUs; 0 too where a library that they need is missing. */
  public static int gpus() {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TFE_ContextOptions options = TFE_ContextOptions.newContextOptions();
      TFE_Context context = TFE_Context.newContext(options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList list = tensorflow.TFE_ContextListDevices(context, status);
      status.throwExceptionIfNotOK();
      int gpus = 0;
      for (int i = 0; i < tensorflow.TF_DeviceListCount(list); i++) {
        String type = tensorflow.TF_DeviceListType(list, i, status).getString();
        gpus += type.equals("GPU") ? 1 : 0;
      }
      tensorflow.TF_DeleteDeviceList(list);
      return gpus;
    }
  }
}
