package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Normalisation over a window of the same map: {@code y = x · d^−β} with {@code d = k + α · S(x²)},
 * where S sums over the window. S is its own transpose, so {@code dx = dy · d^−β − 2αβ · x · S(dy ·
 * x · d^(−β−1))}.
 *
 * @param <E> the type that it computes in, whatever the type of its input
 */
final class SameMapNormalizationLayer<T extends TFloating, E extends TFloating>
    extends TowerwiseLayer<T> {
  private final int size;
  private final float k;
  private final float alpha;
  private final float beta;
  private final Execution.LayerKernels kernels;
  private final Class<E> exact;
  private final List<Operand<E>> inputs = new ArrayList<>();
  private final List<Operand<E>> denominators = new ArrayList<>();
  private final List<Operand<E>> scales = new ArrayList<>();

  SameMapNormalizationLayer(
      LayerSpec.SameMapNormalization spec,
      MapShape input,
      TowerScopes scopes,
      Execution.LayerKernels kernels,
      Class<E> exact) {
    super(spec.name(), input, scopes);
    this.size = spec.size();
    this.k = (float) spec.k();
    this.alpha = (float) spec.alpha();
    this.beta = (float) spec.beta();
    this.kernels = kernels;
    this.exact = exact;
  }

  @Override
  Operand<T> forward(Ops tf, int tower, Operand<T> input) {
    Operand<E> converted = Cast.to(tf, input, exact);
    Operand<E> means = windowMeans(tf, Pass.FORWARD, tf.math.square(converted));
    Operand<E> denominator =
        tf.math.add(number(tf, k), tf.math.mul(number(tf, alpha * size * size), means));
    Operand<E> scale = scale(tf, denominator);
    denominators.add(denominator);
    inputs.add(converted);
    scales.add(scale);
    return Cast.to(tf, tf.math.mul(converted, scale), input.type());
  }

  @Override
  Operand<T> backward(Ops tf, int tower, Operand<T> gradient, Operand<T> input, Operand<T> output) {
    Operand<E> converted = inputs.get(tower);
    Operand<E> direct = tf.math.mul(Cast.to(tf, gradient, exact), scales.get(tower));
    Operand<E> weighted = tf.math.div(tf.math.mul(direct, converted), denominators.get(tower));
    Operand<E> neighbours = windowMeans(tf, Pass.INPUT_GRADIENT, weighted);
    Operand<E> factor = number(tf, 2 * alpha * beta * size * size);
    Operand<E> byInput =
        tf.math.sub(direct, tf.math.mul(converted, tf.math.mul(factor, neighbours)));
    return Cast.to(tf, byInput, input.type());
  }

  /** d^−β. For the published β of ¾, two square roots take a fifth of the time of a power. */
  private Operand<E> scale(Ops tf, Operand<E> denominator) {
    if (beta != 0.75f) {
      return tf.math.pow(denominator, number(tf, -beta));
    }
    Operand<E> root = tf.math.rsqrt(denominator);
    return tf.math.mul(root, tf.math.sqrt(root));
  }

  // With zeros around the map, means over whole windows are the clipped sums up to a factor.
  private Operand<E> windowMeans(Ops tf, Pass pass, Operand<E> values) {
    int radius = size / 2;
    Operand<E> padded =
        tf.pad(
            values,
            tf.constant(new int[][] {{0, 0}, {radius, radius}, {radius, radius}, {0, 0}}),
            number(tf, 0));
    return kernels.in(pass).windowMeans(tf, padded, size);
  }

  private Operand<E> number(Ops tf, float value) {
    return Cast.to(tf, tf.constant(value), exact);
  }
}
