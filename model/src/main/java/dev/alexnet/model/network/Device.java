package dev.alexnet.model.network;

import dev.alexnet.infra.failure.Failure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.DeviceSpec;

/**
 * A device of this machine, written {@code gpu:0} or {@code cpu:1}.
 *
 * @param gpu whether it is a GPU; a CPU otherwise
 * @param index counted from 0
 */
public record Device(boolean gpu, int index) {
  private static final Pattern FORM = Pattern.compile("(cpu|gpu):(\\d{1,3})");

  /** The device of the input pipeline and of everything that belongs to no tower. */
  public static final Device HOST = new Device(false, 0);

  /**
   * @throws Failure of kind USAGE if the text is not a device
   */
  public static Device parse(String text) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "'"
              + text
              + "' is not a device; write gpu:0,gpu:1 or cpu:0,cpu:1, gpu:0/2 for two halves "
              + "of a GPU,"
              + " or auto");
    }
    return new Device(matcher.group(1).equals("gpu"), Integer.parseInt(matcher.group(2)));
  }

  /** Its name in TensorFlow's step statistics: {@code device:CPU:1}. */
  public String tensorflowName() {
    return "device:" + (gpu ? "GPU" : "CPU") + ":" + index;
  }

  public DeviceSpec spec() {
    return DeviceSpec.newBuilder()
        .deviceType(gpu ? DeviceSpec.DeviceType.GPU : DeviceSpec.DeviceType.CPU)
        .deviceIndex(index)
        .build();
  }

  @Override
  public String toString() {
    return (gpu ? "gpu:" : "cpu:") + index;
  }
}
