package dev.alexnet.model.kernel;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Pads the results of products to a multiple of 64 channels and cuts the added channels off again,
 * so that kernels that handle an incomplete last block of channels wrongly have none to handle.
 */
final class WiderKernels extends DelegatingKernels {
  private static final int BLOCK = 64;

  WiderKernels(Kernels base) {
    super(base);
  }

  @Override
  public <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> input, Operand<T> weights, Sliding sliding) {
    int missing = missing(weights, 3);
    Operand<T> wide = base.convolution(tf, input, padded(tf, weights, 3, missing), sliding);
    return cut(tf, wide, 3, missing);
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionInputGradient(
      Ops tf, Operand<T> input, Operand<T> weights, Operand<T> gradient, Sliding sliding) {
    int missing = missing(weights, 2);
    Operand<T> wide =
        base.convolutionInputGradient(
            tf, padded(tf, input, 3, missing), padded(tf, weights, 2, missing), gradient, sliding);
    return cut(tf, wide, 3, missing);
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionWeightGradient(
      Ops tf, Operand<T> input, int[] shape, Operand<T> gradient, Sliding sliding) {
    int missingInput = missing(shape[2]);
    int missingOutput = missing(shape[3]);
    int[] wideShape = {shape[0], shape[1], shape[2] + missingInput, shape[3] + missingOutput};
    Operand<T> wide =
        base.convolutionWeightGradient(
            tf,
            padded(tf, input, 3, missingInput),
            wideShape,
            padded(tf, gradient, 3, missingOutput),
            sliding);
    return cut(tf, cut(tf, wide, 2, missingInput), 3, missingOutput);
  }

  @Override
  public <T extends TFloating> Operand<T> product(
      Ops tf, Operand<T> left, Operand<T> right, boolean transposeLeft, boolean transposeRight) {
    int columns = transposeRight ? 0 : 1;
    int missing = missing(right, columns);
    Operand<T> wide =
        base.product(tf, left, padded(tf, right, columns, missing), transposeLeft, transposeRight);
    return cut(tf, wide, 1, missing);
  }

  private static int missing(Operand<?> value, int dimension) {
    return missing(value.shape().get(dimension));
  }

  private static int missing(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  private static <T extends TFloating> Operand<T> padded(
      Ops tf, Operand<T> value, int dimension, int missing) {
    if (missing == 0) {
      return value;
    }
    int[][] paddings = new int[value.shape().numDimensions()][2];
    paddings[dimension][1] = missing;
    Operand<T> zero = Cast.to(tf, tf.constant(0f), value.type());
    return tf.pad(value, tf.constant(paddings), zero);
  }

  private static <T extends TFloating> Operand<T> cut(
      Ops tf, Operand<T> value, int dimension, int missing) {
    if (missing == 0) {
      return value;
    }
    int rank = value.shape().numDimensions();
    int[] excess = new int[rank];
    excess[dimension] = missing;
    Operand<TInt32> size = tf.math.sub(tf.shape(value), tf.constant(excess));
    return tf.slice(value, tf.constant(new int[rank]), size);
  }
}
