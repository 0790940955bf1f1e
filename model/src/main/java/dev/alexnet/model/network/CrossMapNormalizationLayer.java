package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LocalResponseNormalization;
import org.tensorflow.op.nn.LocalResponseNormalizationGrad;
import org.tensorflow.types.TFloat32;

/**
 * Local response normalisation across the maps of a tower. The derivative is called by hand with
 * all four constants: the one that TensorFlow's own differentiation inserts drops them.
 */
final class CrossMapNormalizationLayer extends TowerwiseLayer {
  private final long radius;
  private final float k;
  private final float alpha;
  private final float beta;

  CrossMapNormalizationLayer(
      LayerSpec.CrossMapNormalization spec, MapShape input, TowerScopes scopes) {
    super(spec.name(), input, scopes);
    this.radius = spec.size() / 2;
    this.k = (float) spec.k();
    this.alpha = (float) spec.alpha();
    this.beta = (float) spec.beta();
  }

  @Override
  Operand<TFloat32> forward(Ops tf, int tower, Operand<TFloat32> input) {
    return tf.nn.localResponseNormalization(
        input,
        LocalResponseNormalization.depthRadius(radius),
        LocalResponseNormalization.bias(k),
        LocalResponseNormalization.alpha(alpha),
        LocalResponseNormalization.beta(beta));
  }

  @Override
  Operand<TFloat32> backward(
      Ops tf,
      int tower,
      Operand<TFloat32> gradient,
      Operand<TFloat32> input,
      Operand<TFloat32> output) {
    return LocalResponseNormalizationGrad.create(
        tf.scope(),
        gradient,
        input,
        output,
        LocalResponseNormalizationGrad.depthRadius(radius),
        LocalResponseNormalizationGrad.bias(k),
        LocalResponseNormalizationGrad.alpha(alpha),
        LocalResponseNormalizationGrad.beta(beta));
  }
}
