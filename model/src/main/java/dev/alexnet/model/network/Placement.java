package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.op.Ops;

/**
 * The device of each tower, with its parameters, momentum, forward and backward pass and update.
 *
 * @param towers the device of each tower
 * @param halves whether they are the two halves of the first GPU, which TensorFlow then lists as
 *     two
 */
public record Placement(List<Device> towers, boolean halves) {
  /** Stands for devices that a training chooses itself. */
  public static final String AUTO = "auto";

  /** The notation for the two halves of the first GPU. */
  private static final String HALVES = "gpu:0/2";

  public Placement {
    towers = List.copyOf(towers);
    if (towers.isEmpty() || towers.size() > 2) {
      throw new Failure(Failure.Kind.USAGE, towers.size() + " devices are given; give one or two");
    }
  }

  /** Whole devices. */
  public Placement(List<Device> towers) {
    this(towers, false);
  }

  /** Both towers on the CPU, as in inference. */
  public static Placement host(int towers) {
    return new Placement(Collections.nCopies(towers, Device.HOST));
  }

  /**
   * Reads a list such as {@code gpu:0,gpu:1}. One device alone holds all towers; {@code gpu:0/2}
   * stands for the two halves of a GPU.
   *
   * @throws Failure of kind USAGE if a part is not a device or their number does not match the
   *     towers
   */
  public static Placement parse(String devices, int towers) {
    boolean halves = devices.trim().equalsIgnoreCase(HALVES);
    List<Device> list =
        halves
            ? List.of(new Device(true, 0), new Device(true, 1))
            : Arrays.stream(devices.split(",", -1)).map(Device::parse).toList();
    if (list.size() == 1 && towers == 2) {
      return new Placement(List.of(list.get(0), list.get(0)));
    }
    if (list.size() != towers) {
      throw new Failure(
          Failure.Kind.USAGE,
          "devices names " + list.size() + " devices; this network has " + towers + " towers");
    }
    return new Placement(list, halves);
  }

  /**
   * Checks devices on which nothing is placed yet.
   *
   * @param devices as {@link #parse} reads them, or {@value #AUTO}
   * @param preset whose towers they are for
   * @throws Failure of kind USAGE as {@link #parse}
   */
  public static void check(String devices, String preset) {
    if (!devices.equals(AUTO)) {
      parse(devices, Presets.named(preset).towers());
    }
  }

  /**
   * The devices that compute; all CPU devices count as one, because they are the same processor.
   */
  public Set<Device> processors() {
    Set<Device> processors = new LinkedHashSet<>();
    towers.forEach(device -> processors.add(device.gpu() ? device : Device.HOST));
    return processors;
  }

  /** How many CPU devices TensorFlow must create. */
  public int cpuDevices() {
    return 1 + towers.stream().filter(d -> !d.gpu()).mapToInt(Device::index).max().orElse(0);
  }

  /** Operations on a tower's device. */
  public Ops on(Ops tf, int tower) {
    return tf.withDevice(towers.get(tower).spec());
  }

  /**
   * Makes one object on each device and lists them by tower; towers on the same device share one.
   */
  public <T> List<T> onEach(Ops tf, Function<Ops, T> maker) {
    Map<Device, T> made = new HashMap<>();
    Function<Device, T> making =
        device ->
            maker.apply(
                tf.withSubScope(device.toString().replace(":", "")).withDevice(device.spec()));
    return towers.stream().map(device -> made.computeIfAbsent(device, making)).toList();
  }

  /** Operations on the CPU. */
  public static Ops onHost(Ops tf) {
    return tf.withDevice(Device.HOST.spec());
  }

  @Override
  public String toString() {
    return halves ? HALVES : towers.stream().map(Device::toString).collect(Collectors.joining(","));
  }
}
