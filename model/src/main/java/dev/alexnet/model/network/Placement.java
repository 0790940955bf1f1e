package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.tensorflow.op.Ops;

/**
 * Which device each tower lies on, with its parameters, momentum, forward and backward pass and
 * update.
 *
 * @param towers the device of each tower
 */
public record Placement(List<Device> towers) {

  public Placement {
    towers = List.copyOf(towers);
    if (towers.isEmpty() || towers.size() > 2) {
      throw new Failure(
          Failure.Kind.USAGE, "There are " + towers.size() + " devices; give one or two");
    }
  }

  /** Both towers on the CPU, as in inference. */
  public static Placement host(int towers) {
    return new Placement(Collections.nCopies(towers, Device.HOST));
  }

  /**
   * Reads a list such as {@code gpu:0,gpu:1}. One device alone holds all towers.
   *
   * @throws Failure of kind USAGE where a part is no device or their number does not fit
   */
  public static Placement parse(String devices, int towers) {
    List<Device> list = Arrays.stream(devices.split(",", -1)).map(Device::parse).toList();
    if (list.size() == 1 && towers == 2) {
      return new Placement(List.of(list.get(0), list.get(0)));
    }
    if (list.size() != towers) {
      throw new Failure(
          Failure.Kind.USAGE,
          "devices names " + list.size() + " devices; this network has " + towers + " towers");
    }
    return new Placement(list);
  }

  /** How many CPU devices TensorFlow must be asked for. */
  public int cpuDevices() {
    return 1 + towers.stream().filter(d -> !d.gpu()).mapToInt(Device::index).max().orElse(0);
  }

  /** Operations on a tower's device. */
  public Ops on(Ops tf, int tower) {
    return tf.withDevice(towers.get(tower).spec());
  }

  /** Operations on the CPU. */
  public static Ops onHost(Ops tf) {
    return tf.withDevice(Device.HOST.spec());
  }

  @Override
  public String toString() {
    return towers.stream().map(Device::toString).collect(Collectors.joining(","));
  }
}
