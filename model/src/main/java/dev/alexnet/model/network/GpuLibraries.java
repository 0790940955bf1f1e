package dev.alexnet.model.network;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.KernelList;

/**
 * The libraries that TensorFlow's GPU build opens by name when it looks for GPUs. If one of them
 * does not load, TensorFlow finds no GPU, and does not say which one it was.
 */
public final class GpuLibraries {
  /** NVIDIA's driver, which no program brings with it. */
  public static final String DRIVER = "libcuda.so.1";

  // TryDlopenCUDALibraries in TensorFlow 2.18, with the versions that it is built for.
  private static final List<String> NAMES =
      List.of(
          DRIVER,
          "libcudart.so.12",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12",
          "libcudnn.so.9");

  private GpuLibraries() {}

  /**
   * A library that does not load.
   *
   * @param reason the system's, which can name another library that this one needs
   */
  public record Missing(String name, String reason) {}

  /** Whether TensorFlow is the build that can use GPUs. */
  public static boolean areUsed() {
    try (PointerScope scope = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_Buffer buffer = tensorflow.TF_GetRegisteredKernelsForOp("Conv2D", status);
      status.throwExceptionIfNotOK();
      byte[] list = new byte[Math.toIntExact(buffer.length())];
      new BytePointer(buffer.data()).get(list);
      tensorflow.TF_DeleteBuffer(buffer);
      return KernelList.parseFrom(list).getKernelList().stream()
          .anyMatch(kernel -> kernel.getDeviceType().equals("GPU"));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("TensorFlow's list of kernels cannot be read", e);
    }
  }

  /** Those that do not load here, in the order in which TensorFlow opens them. */
  public static List<Missing> missing() {
    return missing(NAMES);
  }

  /** Opens libraries as TensorFlow does: beside its own first, then where the system looks. */
  static List<Missing> missing(List<String> names) {
    List<Missing> missing = new ArrayList<>();
    for (String name : names) {
      try {
        Loader.loadGlobal(name);
      } catch (UnsatisfiedLinkError e) {
        missing.add(new Missing(name, e.getMessage()));
      }
    }
    return missing;
  }
}
