package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Maximum over windows. Built from the first version of the operations, whose window is an
 * attribute, because only those have the fast CPU kernels.
 */
final class MaxPoolingLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final long[] window;
  private final long[] strides;

  MaxPoolingLayer(LayerSpec.MaxPooling spec, MapShape input, TowerScopes scopes) {
    super(
        spec.name(), new MapShape(MapShape.poolingSide(input.side(), spec), input.maps()), scopes);
    this.window = new long[] {1, spec.size(), spec.size(), 1};
    this.strides = new long[] {1, spec.stride(), spec.stride(), 1};
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    return tf.scope()
        .opBuilder("MaxPool", "MaxPool")
        .addInput(input.asOutput())
        .setAttr("ksize", window)
        .setAttr("strides", strides)
        .setAttr("padding", "VALID")
        .build()
        .output(0);
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    return tf.scope()
        .opBuilder("MaxPoolGrad", "MaxPoolGrad")
        .addInput(input.asOutput())
        .addInput(output.asOutput())
        .addInput(gradient.asOutput())
        .setAttr("ksize", window)
        .setAttr("strides", strides)
        .setAttr("padding", "VALID")
        .build()
        .output(0);
  }
}
