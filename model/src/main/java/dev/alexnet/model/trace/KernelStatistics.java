package dev.alexnet.model.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

/**
 * Reads kernels from TensorFlow's step statistics. A CPU lists its operations. A GPU lists, under
 * its own name, how long the host took to launch each kernel; under {@code /stream:N}, how long
 * each kernel ran; and the same again under {@code /stream:all}. If there are streams, only they
 * give the GPU's time.
 */
final class KernelStatistics {
  private static final Pattern STREAM = Pattern.compile("(.*)/stream:(\\d+|all)(?:<.*)?");

  /** How a kernel on a stream names the operation that it belongs to. */
  private static final Pattern ANNOTATION = Pattern.compile(".*@@([^#:]+):([^#:]+).*");

  private KernelStatistics() {}

  /** The kernels of all devices, by their start. */
  static List<Kernel> of(StepStats statistics) {
    Set<String> streamed = new HashSet<>();
    for (DeviceStepStats device : statistics.getDevStatsList()) {
      Matcher stream = STREAM.matcher(device.getDevice());
      if (stream.matches()) {
        streamed.add(shortName(stream.group(1)));
      }
    }
    List<Kernel> kernels = new ArrayList<>();
    for (DeviceStepStats device : statistics.getDevStatsList()) {
      Matcher stream = STREAM.matcher(device.getDevice());
      boolean isStream = stream.matches();
      String name = shortName(isStream ? stream.group(1) : device.getDevice());
      boolean repeats = isStream ? stream.group(2).equals("all") : streamed.contains(name);
      if (!repeats) {
        device.getNodeStatsList().forEach(node -> kernels.add(kernel(name, node)));
      }
    }
    kernels.sort(Comparator.comparingLong(Kernel::startNanos));
    return kernels;
  }

  static String shortName(String device) {
    return device.replaceFirst("^.*/device:", "");
  }

  private static Kernel kernel(String device, NodeExecStats node) {
    String label = node.getTimelineLabel();
    Matcher annotation = ANNOTATION.matcher(label);
    if (annotation.matches()) {
      return new Kernel(
          device, annotation.group(1), annotation.group(2), start(node), duration(node));
    }
    // The label of a kernel on the host is "node = Operation(inputs)".
    String operation = label.replaceFirst("^.* = ([^(]*)\\(.*$", "$1");
    return new Kernel(device, node.getNodeName(), operation, start(node), duration(node));
  }

  /** Streams report microseconds only. */
  private static long start(NodeExecStats node) {
    return node.getAllStartNanos() > 0
        ? node.getAllStartNanos() + node.getOpStartRelNanos()
        : 1000 * (node.getAllStartMicros() + node.getOpStartRelMicros());
  }

  private static long duration(NodeExecStats node) {
    long nanos =
        node.getAllStartNanos() > 0
            ? node.getOpEndRelNanos() - node.getOpStartRelNanos()
            : 1000 * (node.getOpEndRelMicros() - node.getOpStartRelMicros());
    return Math.max(0, nanos);
  }
}
