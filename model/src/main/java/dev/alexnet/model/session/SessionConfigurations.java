package dev.alexnet.model.session;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * The only configurations of TensorFlow's sessions. Without one, a session of a GPU build takes
 * nearly all memory of every GPU that it sees, also if it only decodes pictures, and may choose a
 * GPU's kernel, which gives other bytes.
 */
public final class SessionConfigurations {
  private SessionConfigurations() {}

  /** For work that belongs on the CPU: it sees no GPU. */
  public static ConfigProto onCpu() {
    return withoutGpus().build();
  }

  /**
   * For calls from many threads, such as Beam's: each works in its caller's thread, on the CPU. A
   * pool for work between operations would be as wide as the machine, and every caller would wait
   * for it. The pool within operations is left alone: the process has only one, and the first
   * session sets its size.
   */
  public static ConfigProto onCpuInCallersThread() {
    return withoutGpus().setInterOpParallelismThreads(-1).build();
  }

  /** For work on devices: takes memory of GPUs only as it is needed. */
  public static ConfigProto.Builder onDevices() {
    return ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
  }

  private static ConfigProto.Builder withoutGpus() {
    return ConfigProto.newBuilder().putDeviceCount("GPU", 0);
  }
}
