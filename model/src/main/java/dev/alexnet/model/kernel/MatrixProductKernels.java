package dev.alexnet.model.kernel;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Convolutions as matrix products: each row holds the values of one window. */
final class MatrixProductKernels extends DelegatingKernels {
  private static final String SAME = "SAME";

  MatrixProductKernels(Kernels base) {
    super(base);
  }

  @Override
  public <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> input, Operand<T> weights, Sliding sliding) {
    int side = side(weights.shape().get(0));
    int outputs = side(weights.shape().get(3));
    Operand<T> windows = windows(tf, input, side, sliding);
    Operand<T> matrix = tf.reshape(weights, tf.constant(new int[] {-1, outputs}));
    Operand<T> product = base.product(tf, rows(tf, windows), matrix, false, false);
    return tf.reshape(product, withChannels(tf, windows, outputs));
  }

  /**
   * With a stride of 1 it is a convolution of the gradient with the weights rotated by 180 degrees.
   */
  @Override
  public <T extends TFloating> Operand<T> convolutionInputGradient(
      Ops tf, Operand<T> input, Operand<T> weights, Operand<T> gradient, Sliding sliding) {
    if (sliding.stride() != 1) {
      return base.convolutionInputGradient(tf, input, weights, gradient, sliding);
    }
    Operand<T> turned =
        tf.linalg.transpose(
            tf.reverse(weights, tf.constant(new int[] {0, 1})),
            tf.constant(new int[] {0, 1, 3, 2}));
    if (sliding.padding().equals(SAME)) {
      return convolution(tf, gradient, turned, sliding);
    }
    int border = side(weights.shape().get(0)) - 1;
    Operand<T> padded =
        tf.pad(
            gradient,
            tf.constant(new int[][] {{0, 0}, {border, border}, {border, border}, {0, 0}}),
            Cast.to(tf, tf.constant(0f), gradient.type()));
    return convolution(tf, padded, turned, sliding);
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionWeightGradient(
      Ops tf, Operand<T> input, int[] shape, Operand<T> gradient, Sliding sliding) {
    Operand<T> windows = rows(tf, windows(tf, input, shape[0], sliding));
    Operand<T> product =
        base.product(
            tf, windows, tf.reshape(gradient, tf.constant(new int[] {-1, shape[3]})), true, false);
    return tf.reshape(product, tf.constant(shape));
  }

  /** {@code [batch, height, width, side · side · maps]}. */
  private static <T extends TFloating> Operand<T> windows(
      Ops tf, Operand<T> input, long side, Sliding sliding) {
    long stride = sliding.stride();
    return tf.image.extractImagePatches(
        input,
        List.of(1L, side, side, 1L),
        List.of(1L, stride, stride, 1L),
        List.of(1L, 1L, 1L, 1L),
        sliding.padding());
  }

  private static <T extends TFloating> Operand<T> rows(Ops tf, Operand<T> windows) {
    return tf.reshape(windows, tf.constant(new int[] {-1, side(windows.shape().get(3))}));
  }

  private static Operand<TInt32> withChannels(Ops tf, Operand<?> windows, int channels) {
    Operand<TInt32> places =
        tf.slice(tf.shape(windows), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    return tf.concat(List.of(places, tf.constant(new int[] {channels})), tf.constant(0));
  }

  private static int side(long size) {
    return Math.toIntExact(size);
  }
}
