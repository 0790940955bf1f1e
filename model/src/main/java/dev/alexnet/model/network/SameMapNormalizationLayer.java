package dev.alexnet.model.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Normalisation over a window of the same map: {@code y = x · d^−β} with {@code d = k + α · S(x²)},
 * where S sums over the window. S is its own transpose, so {@code dx = dy · d^−β − 2αβ · x · S(dy ·
 * x · d^(−β−1))}.
 */
final class SameMapNormalizationLayer extends TowerwiseLayer {
  private final int size;
  private final float k;
  private final float alpha;
  private final float beta;
  private final List<Operand<TFloat32>> denominators = new ArrayList<>();
  private final List<Operand<TFloat32>> scales = new ArrayList<>();

  SameMapNormalizationLayer(
      LayerSpec.SameMapNormalization spec, MapShape input, TowerScopes scopes) {
    super(spec.name(), input, scopes);
    this.size = spec.size();
    this.k = (float) spec.k();
    this.alpha = (float) spec.alpha();
    this.beta = (float) spec.beta();
  }

  @Override
  Operand<TFloat32> forward(Ops tf, int tower, Operand<TFloat32> input) {
    Operand<TFloat32> sums = windowSums(tf, tf.math.square(input));
    Operand<TFloat32> denominator =
        tf.math.add(tf.constant(k), tf.math.mul(tf.constant(alpha), sums));
    Operand<TFloat32> scale = tf.math.pow(denominator, tf.constant(-beta));
    denominators.add(denominator);
    scales.add(scale);
    return tf.math.mul(input, scale);
  }

  @Override
  Operand<TFloat32> backward(
      Ops tf,
      int tower,
      Operand<TFloat32> gradient,
      Operand<TFloat32> input,
      Operand<TFloat32> output) {
    Operand<TFloat32> direct = tf.math.mul(gradient, scales.get(tower));
    Operand<TFloat32> weighted = tf.math.div(tf.math.mul(direct, input), denominators.get(tower));
    Operand<TFloat32> neighbours = windowSums(tf, weighted);
    return tf.math.sub(
        direct, tf.math.mul(tf.constant(2 * alpha * beta), tf.math.mul(input, neighbours)));
  }

  // Zeros around the map, so that averages over whole windows are the cut-off sums.
  private Operand<TFloat32> windowSums(Ops tf, Operand<TFloat32> values) {
    int radius = size / 2;
    Operand<TFloat32> padded =
        tf.pad(
            values,
            tf.constant(new int[][] {{0, 0}, {radius, radius}, {radius, radius}, {0, 0}}),
            tf.constant(0f));
    List<Long> window = List.of(1L, (long) size, (long) size, 1L);
    Operand<TFloat32> means = tf.nn.avgPool(padded, window, List.of(1L, 1L, 1L, 1L), "VALID");
    return tf.math.mul(means, tf.constant((float) (size * size)));
  }
}
