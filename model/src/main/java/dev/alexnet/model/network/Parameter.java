package dev.alexnet.model.network;

import org.tensorflow.ndarray.Shape;

/**
 * A trainable array of one tower.
 *
 * @param name such as {@code tower0/conv1/weights}
 * @param layer such as {@code conv1}
 * @param tower on whose device it is
 * @param kind weights or biases; only weights decay
 * @param shape of weights {@code [height, width, in, out]} or {@code [in, out]}; of biases {@code
 *     [out]}
 * @param deviation of the normal distribution that it starts from; 0 for a constant
 * @param constant that it starts from
 */
public record Parameter(
    String name,
    String layer,
    int tower,
    Kind kind,
    Shape shape,
    double deviation,
    double constant) {

  /** The role of a parameter in its layer. */
  public enum Kind {
    WEIGHTS,
    BIASES
  }

  public static Parameter weights(
      String layer, int tower, LayerSpec.Initial initial, long... shape) {
    return new Parameter(
        "tower" + tower + "/" + layer + "/weights",
        layer,
        tower,
        Kind.WEIGHTS,
        Shape.of(shape),
        initial.deviation(),
        0);
  }

  public static Parameter biases(String layer, int tower, LayerSpec.Initial initial, long size) {
    return new Parameter(
        "tower" + tower + "/" + layer + "/biases",
        layer,
        tower,
        Kind.BIASES,
        Shape.of(size),
        0,
        initial.bias());
  }

  /** The number of its values. */
  public long size() {
    return shape.size();
  }
}
