package dev.alexnet.model.kernel;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.TanhGrad;
import org.tensorflow.op.nn.LocalResponseNormalization;
import org.tensorflow.op.nn.LocalResponseNormalizationGrad;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.family.TFloating;

/** Computes each operation by one TensorFlow operation. */
final class TensorFlowKernels implements Kernels {
  private static final String VALID = "VALID";

  @Override
  public <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> input, Operand<T> weights, Sliding sliding) {
    return tf.nn.conv2d(input, weights, every(sliding.stride()), sliding.padding());
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionInputGradient(
      Ops tf, Operand<T> input, Operand<T> weights, Operand<T> gradient, Sliding sliding) {
    return tf.nn.conv2dBackpropInput(
        tf.shape(input), weights, gradient, every(sliding.stride()), sliding.padding());
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionWeightGradient(
      Ops tf, Operand<T> input, int[] shape, Operand<T> gradient, Sliding sliding) {
    return tf.nn.conv2dBackpropFilter(
        input, tf.constant(shape), gradient, every(sliding.stride()), sliding.padding());
  }

  private static List<Long> every(long side) {
    return List.of(1L, side, side, 1L);
  }

  @Override
  public <T extends TFloating> Operand<T> product(
      Ops tf, Operand<T> left, Operand<T> right, boolean transposeLeft, boolean transposeRight) {
    return tf.linalg.matMul(
        left, right, MatMul.transposeA(transposeLeft), MatMul.transposeB(transposeRight));
  }

  @Override
  public <T extends TFloating> Operand<T> addBiases(Ops tf, Operand<T> values, Operand<T> biases) {
    return tf.nn.biasAdd(values, biases);
  }

  @Override
  public <T extends TFloating> Operand<T> biasGradient(Ops tf, Operand<T> gradient) {
    return tf.nn.biasAddGrad(gradient);
  }

  @Override
  public <T extends TFloating> Operand<T> normalize(Ops tf, Operand<T> input, Response response) {
    return tf.nn.localResponseNormalization(
        input,
        LocalResponseNormalization.depthRadius(response.radius()),
        LocalResponseNormalization.bias(response.k()),
        LocalResponseNormalization.alpha(response.alpha()),
        LocalResponseNormalization.beta(response.beta()));
  }

  // Called explicitly with all four constants: the gradient that TensorFlow's own differentiation
  // inserts drops them.
  @Override
  public <T extends TFloating> Operand<T> normalizeGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Response response) {
    return LocalResponseNormalizationGrad.create(
        tf.scope(),
        gradient,
        input,
        output,
        LocalResponseNormalizationGrad.depthRadius(response.radius()),
        LocalResponseNormalizationGrad.bias(response.k()),
        LocalResponseNormalizationGrad.alpha(response.alpha()),
        LocalResponseNormalizationGrad.beta(response.beta()));
  }

  @Override
  public <T extends TFloating> Operand<T> windowMeans(Ops tf, Operand<T> input, long size) {
    return tf.nn.avgPool(input, every(size), every(1), VALID);
  }

  // The first version of the operation, whose window is an attribute: only that one has the fast
  // CPU kernel.
  @Override
  public <T extends TFloating> Operand<T> maximum(Ops tf, Operand<T> input, Window window) {
    return tf.scope()
        .opBuilder("MaxPool", "MaxPool")
        .addInput(input.asOutput())
        .setAttr("ksize", windowOf(window.size()))
        .setAttr("strides", windowOf(window.stride()))
        .setAttr("padding", window.padding())
        .build()
        .output(0);
  }

  @Override
  public <T extends TFloating> Operand<T> maximumGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Window window) {
    return tf.scope()
        .opBuilder("MaxPoolGrad", "MaxPoolGrad")
        .addInput(input.asOutput())
        .addInput(output.asOutput())
        .addInput(gradient.asOutput())
        .setAttr("ksize", windowOf(window.size()))
        .setAttr("strides", windowOf(window.stride()))
        .setAttr("padding", window.padding())
        .build()
        .output(0);
  }

  private static long[] windowOf(long side) {
    return new long[] {1, side, side, 1};
  }

  @Override
  public <T extends TFloating> Operand<T> rectify(Ops tf, Operand<T> input) {
    return tf.nn.relu(input);
  }

  @Override
  public <T extends TFloating> Operand<T> rectifyGradient(
      Ops tf, Operand<T> gradient, Operand<T> output) {
    return ReluGrad.create(tf.scope(), gradient, output);
  }

  @Override
  public <T extends TFloating> Operand<T> tangent(Ops tf, Operand<T> input) {
    return tf.math.tanh(input);
  }

  @Override
  public <T extends TFloating> Operand<T> tangentGradient(
      Ops tf, Operand<T> gradient, Operand<T> output) {
    return TanhGrad.create(tf.scope(), output, gradient);
  }
}
