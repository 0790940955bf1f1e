package dev.alexnet.model.kernel;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * The operations that do a network's arithmetic, forward and backward. Every layer gets them from
 * here, so that an operation that is wrong on some processor can be replaced, and a test can plant
 * a wrong one.
 */
public interface Kernels {

  /** TensorFlow's own. */
  static Kernels ofTensorFlow() {
    return new TensorFlowKernels();
  }

  /**
   * How a convolution's window moves.
   *
   * @param stride in both directions
   * @param padding {@code SAME} or {@code VALID}
   */
  record Sliding(long stride, String padding) {}

  /**
   * A pooling window.
   *
   * @param size height and width
   * @param stride in both directions
   * @param padding {@code SAME} or {@code VALID}
   */
  record Window(long size, long stride, String padding) {}

  /**
   * The constants of a normalisation across maps: {@code x · (k + α · Σ x²)^−β}.
   *
   * @param radius how many maps on either side the sum includes
   */
  record Response(long radius, float k, float alpha, float beta) {}

  /**
   * @param input {@code [batch, height, width, in]}
   * @param weights {@code [height, width, in, out]}
   */
  <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> input, Operand<T> weights, Sliding sliding);

  /** The input gradient of {@link #convolution}; only the shape of {@code input} is used. */
  <T extends TFloating> Operand<T> convolutionInputGradient(
      Ops tf, Operand<T> input, Operand<T> weights, Operand<T> gradient, Sliding sliding);

  /** The weight gradient of {@link #convolution}; the weights have the given shape. */
  <T extends TFloating> Operand<T> convolutionWeightGradient(
      Ops tf, Operand<T> input, int[] shape, Operand<T> gradient, Sliding sliding);

  /** The product of two matrices. */
  <T extends TFloating> Operand<T> product(
      Ops tf, Operand<T> left, Operand<T> right, boolean transposeLeft, boolean transposeRight);

  /**
   * @param biases {@code [out]}, added along the last dimension
   */
  <T extends TFloating> Operand<T> addBiases(Ops tf, Operand<T> values, Operand<T> biases);

  /** The gradient of the biases: sums over all dimensions but the last. */
  <T extends TFloating> Operand<T> biasGradient(Ops tf, Operand<T> gradient);

  /** Normalisation across the maps of {@code [batch, height, width, maps]}. */
  <T extends TFloating> Operand<T> normalize(Ops tf, Operand<T> input, Response response);

  /**
   * The input gradient of {@link #normalize}.
   *
   * @param input of the forward operation
   * @param output of the forward operation
   */
  <T extends TFloating> Operand<T> normalizeGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Response response);

  /** Means over whole windows of {@code size} × {@code size}, one at every place. */
  <T extends TFloating> Operand<T> windowMeans(Ops tf, Operand<T> input, long size);

  /** Maxima over windows, or what of them is within the map. */
  <T extends TFloating> Operand<T> maximum(Ops tf, Operand<T> input, Window window);

  /**
   * The input gradient of {@link #maximum}.
   *
   * @param input of the forward operation
   * @param output of the forward operation
   */
  <T extends TFloating> Operand<T> maximumGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Window window);

  /** {@code max(x, 0)}. */
  <T extends TFloating> Operand<T> rectify(Ops tf, Operand<T> input);

  /**
   * The input gradient of {@link #rectify}.
   *
   * @param output of the forward operation
   */
  <T extends TFloating> Operand<T> rectifyGradient(Ops tf, Operand<T> gradient, Operand<T> output);

  /** The hyperbolic tangent. */
  <T extends TFloating> Operand<T> tangent(Ops tf, Operand<T> input);

  /**
   * The input gradient of {@link #tangent}.
   *
   * @param output of the forward operation
   */
  <T extends TFloating> Operand<T> tangentGradient(Ops tf, Operand<T> gradient, Operand<T> output);
}
