package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LocalResponseNormalization;
import org.tensorflow.op.nn.LocalResponseNormalizationGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Local response normalisation across the maps of a tower. The derivative is called by hand with
 * all four constants: the one that TensorFlow's own differentiation inserts drops them. It computes
 * in float32, whatever flows through.
 */
final class CrossMapNormalizationLayer<T extends TFloating> extends TowerwiseLayer<T> {
  private final long radius;
  private final float k;
  private final float alpha;
  private final float beta;
  private final List<Operand<TFloat32>> inputs = new ArrayList<>();
  private final List<Operand<TFloat32>> outputs = new ArrayList<>();

  CrossMapNormalizationLayer(
      LayerSpec.CrossMapNormalization spec, MapShape input, TowerScopes scopes) {
    super(spec.name(), input, scopes);
    this.radius = spec.size() / 2;
    this.k = (float) spec.k();
    this.alpha = (float) spec.alpha();
    this.beta = (float) spec.beta();
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    Operand<TFloat32> exact = Conversion.toFloat32(tf, input);
    Operand<TFloat32> normalized =
        tf.nn.localResponseNormalization(
            exact,
            LocalResponseNormalization.depthRadius(radius),
            LocalResponseNormalization.bias(k),
            LocalResponseNormalization.alpha(alpha),
            LocalResponseNormalization.beta(beta));
    inputs.add(exact);
    outputs.add(normalized);
    return Conversion.to(tf, normalized, input.type());
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    Operand<TFloat32> byInput =
        LocalResponseNormalizationGrad.create(
            tf.scope(),
            Conversion.toFloat32(tf, gradient),
            inputs.get(tower),
            outputs.get(tower),
            LocalResponseNormalizationGrad.depthRadius(radius),
            LocalResponseNormalizationGrad.bias(k),
            LocalResponseNormalizationGrad.alpha(alpha),
            LocalResponseNormalizationGrad.beta(beta));
    return Conversion.to(tf, byInput, input.type());
  }
}
