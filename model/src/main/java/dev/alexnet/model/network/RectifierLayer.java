package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.TFloat32;

/** {@code max(x, 0)}. */
final class RectifierLayer extends TowerwiseLayer {
  RectifierLayer(LayerSpec.Rectifier spec, MapShape input, TowerScopes scopes) {
    super(spec.name(), input, scopes);
  }

  @Override
  Operand<TFloat32> forward(Ops tf, int tower, Operand<TFloat32> input) {
    return tf.nn.relu(input);
  }

  @Override
  Operand<TFloat32> backward(
      Ops tf,
      int tower,
      Operand<TFloat32> gradient,
      Operand<TFloat32> input,
      Operand<TFloat32> output) {
    return ReluGrad.create(tf.scope(), gradient, output);
  }
}
