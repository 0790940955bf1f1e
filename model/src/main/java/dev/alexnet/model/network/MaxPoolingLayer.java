package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Maximum over windows. Built from the first version of the operations, whose window is an
 * attribute, because only those have the fast CPU kernels.
 */
final class MaxPoolingLayer extends TowerwiseLayer {
  private final long[] window;
  private final long[] strides;

  MaxPoolingLayer(LayerSpec.MaxPooling spec, MapShape input, TowerScopes scopes) {
    super(
        spec.name(), new MapShape(MapShape.poolingSide(input.side(), spec), input.maps()), scopes);
    this.window = new long[] {1, spec.size(), spec.size(), 1};
    this.strides = new long[] {1, spec.stride(), spec.stride(), 1};
  }

  @Override
  Operand<TFloat32> forward(Ops tf, int tower, Operand<TFloat32> input) {
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
  Operand<TFloat32> backward(
      Ops tf,
      int tower,
      Operand<TFloat32> gradient,
      Operand<TFloat32> input,
      Operand<TFloat32> output) {
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
