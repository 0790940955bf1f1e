package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.family.TFloating;

/** {@code max(x, 0)}. */
final class RectifierLayer<T extends TFloating> extends TowerwiseLayer<T> {
  RectifierLayer(LayerSpec.Rectifier spec, MapShape input, TowerScopes scopes) {
    super(spec.name(), input, scopes);
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    return tf.nn.relu(input);
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    return ReluGrad.create(tf.scope(), gradient, output);
  }
}
