package dev.alexnet.model.kernel;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Normalisation across maps from powers and a product with a banded matrix. With {@code d = k + α ·
 * S(x²)}, where S sums over the maps around each, {@code y = x · d^−β}; S is its own transpose, so
 * {@code dx = dy · d^−β − 2αβ · x · S(dy · x · d^(−β−1))}.
 */
final class ElementaryKernels extends DelegatingKernels {
  ElementaryKernels(Kernels base) {
    super(base);
  }

  @Override
  public <T extends TFloating> Operand<T> normalize(Ops tf, Operand<T> input, Response response) {
    return tf.math.mul(
        input, power(tf, denominator(tf, input, response), -(double) response.beta()));
  }

  @Override
  public <T extends TFloating> Operand<T> normalizeGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Response response) {
    Operand<T> denominator = denominator(tf, input, response);
    double beta = response.beta();
    Operand<T> direct = tf.math.mul(gradient, power(tf, denominator, -beta));
    Operand<T> weighted = tf.math.div(tf.math.mul(direct, input), denominator);
    Operand<T> factor = number(tf, 2 * (double) response.alpha() * beta, input.type());
    Operand<T> neighbours = tf.math.mul(factor, sums(tf, weighted, response));
    return tf.math.sub(direct, tf.math.mul(input, neighbours));
  }

  private <T extends TFloating> Operand<T> denominator(
      Ops tf, Operand<T> input, Response response) {
    Operand<T> scaled =
        tf.math.mul(
            number(tf, response.alpha(), input.type()), sums(tf, tf.math.square(input), response));
    return tf.math.add(number(tf, response.k(), input.type()), scaled);
  }

  private static <T extends TFloating> Operand<T> power(Ops tf, Operand<T> value, double exponent) {
    return tf.math.pow(value, number(tf, exponent, value.type()));
  }

  private <T extends TFloating> Operand<T> sums(Ops tf, Operand<T> values, Response response) {
    int maps = Math.toIntExact(values.shape().get(3));
    float[] band = new float[maps * maps];
    for (int row = 0; row < maps; row++) {
      for (int column = 0; column < maps; column++) {
        band[row * maps + column] = Math.abs(row - column) <= response.radius() ? 1 : 0;
      }
    }
    Operand<T> matrix =
        Cast.to(tf, tf.constant(Shape.of(maps, maps), DataBuffers.of(band)), values.type());
    Operand<T> rows = tf.reshape(values, tf.constant(new int[] {-1, maps}));
    return tf.reshape(base.product(tf, rows, matrix, false, false), tf.shape(values));
  }

  private static <T extends TFloating> Operand<T> number(Ops tf, double value, Class<T> type) {
    return tf.dtypes.cast(tf.constant(value), type);
  }
}
