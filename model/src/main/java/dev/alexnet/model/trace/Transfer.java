package dev.alexnet.model.trace;

/**
 * A tensor that one device sent to another.
 *
 * @param from the device that made it, such as {@code GPU:0}
 * @param to the device that used it
 * @param tensor the node and, after a colon, the output if it is not the first
 */
public record Transfer(String from, String to, String tensor, long bytes) {

  /** Whether it is data between the towers, and not an input, a rate or a signal. */
  public boolean betweenTowers() {
    return tensor.startsWith("tower");
  }

  String node() {
    return tensor.replaceFirst(":\\d+$", "");
  }
}
