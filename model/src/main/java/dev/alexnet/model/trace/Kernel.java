package dev.alexnet.model.trace;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One execution of an operation.
 *
 * @param device such as {@code GPU:0}
 * @param node of the graph
 * @param operation its kind, such as {@code Conv2D}
 * @param startNanos when it started, since an arbitrary moment
 * @param nanos how long it took
 */
public record Kernel(String device, String node, String operation, long startNanos, long nanos) {
  private static final Pattern LAYER = Pattern.compile("tower\\d+/(forward|backward)/([^/]+)/.*");
  private static final Pattern UPDATE =
      Pattern.compile("tower\\d+/([^/]+)_(?:weights|biases)/update/.*");
  private static final Pattern FUSED = Pattern.compile(".*Fused(?:Conv2D|MatMul)");
  private static final Pattern SCOPE = Pattern.compile("(input|loss)/.*");

  /** The part of a step that a kernel belongs to. */
  public enum Pass {
    FORWARD,
    BACKWARD,
    UPDATE,
    /** Reading variables, feeding, waiting for gradients; input and loss. */
    OTHER
  }

  public Pass pass() {
    Matcher layer = LAYER.matcher(node);
    if (layer.matches()) {
      return layer.group(1).equals("forward") ? Pass.FORWARD : Pass.BACKWARD;
    }
    return UPDATE.matcher(node).matches() ? Pass.UPDATE : Pass.OTHER;
  }

  /** The layer's name; {@code input}, {@code loss} or {@code other} if it belongs to no layer. */
  public String layer() {
    for (Pattern pattern : new Pattern[] {LAYER, UPDATE, SCOPE}) {
      Matcher matcher = pattern.matcher(node);
      if (matcher.matches()) {
        return matcher.group(matcher.groupCount());
      }
    }
    return "other";
  }

  /**
   * Whether it also computes the layer before its own: TensorFlow fuses a convolution or matrix
   * product with the biases and the rectifier after it, and names the kernel after the last of
   * them.
   */
  boolean isFusedWithLayerBefore() {
    return pass() == Pass.FORWARD
        && FUSED.matcher(operation).matches()
        && !node.endsWith("/BiasAdd");
  }

  long endNanos() {
    return startNanos + nanos;
  }
}
