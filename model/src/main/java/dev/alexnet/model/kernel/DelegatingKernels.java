package dev.alexnet.model.kernel;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/** Delegates to other kernels every operation that a subclass does not compute itself. */
abstract class DelegatingKernels implements Kernels {
  final Kernels base;

  DelegatingKernels(Kernels base) {
    this.base = base;
  }

  @Override
  public <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> input, Operand<T> weights, Sliding sliding) {
    return base.convolution(tf, input, weights, sliding);
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionInputGradient(
      Ops tf, Operand<T> input, Operand<T> weights, Operand<T> gradient, Sliding sliding) {
    return base.convolutionInputGradient(tf, input, weights, gradient, sliding);
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionWeightGradient(
      Ops tf, Operand<T> input, int[] shape, Operand<T> gradient, Sliding sliding) {
    return base.convolutionWeightGradient(tf, input, shape, gradient, sliding);
  }

  @Override
  public <T extends TFloating> Operand<T> product(
      Ops tf, Operand<T> left, Operand<T> right, boolean transposeLeft, boolean transposeRight) {
    return base.product(tf, left, right, transposeLeft, transposeRight);
  }

  @Override
  public <T extends TFloating> Operand<T> addBiases(Ops tf, Operand<T> values, Operand<T> biases) {
    return base.addBiases(tf, values, biases);
  }

  @Override
  public <T extends TFloating> Operand<T> biasGradient(Ops tf, Operand<T> gradient) {
    return base.biasGradient(tf, gradient);
  }

  @Override
  public <T extends TFloating> Operand<T> normalize(Ops tf, Operand<T> input, Response response) {
    return base.normalize(tf, input, response);
  }

  @Override
  public <T extends TFloating> Operand<T> normalizeGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Response response) {
    return base.normalizeGradient(tf, gradient, input, output, response);
  }

  @Override
  public <T extends TFloating> Operand<T> windowMeans(Ops tf, Operand<T> input, long size) {
    return base.windowMeans(tf, input, size);
  }

  @Override
  public <T extends TFloating> Operand<T> maximum(Ops tf, Operand<T> input, Window window) {
    return base.maximum(tf, input, window);
  }

  @Override
  public <T extends TFloating> Operand<T> maximumGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Window window) {
    return base.maximumGradient(tf, gradient, input, output, window);
  }

  @Override
  public <T extends TFloating> Operand<T> rectify(Ops tf, Operand<T> input) {
    return base.rectify(tf, input);
  }

  @Override
  public <T extends TFloating> Operand<T> rectifyGradient(
      Ops tf, Operand<T> gradient, Operand<T> output) {
    return base.rectifyGradient(tf, gradient, output);
  }

  @Override
  public <T extends TFloating> Operand<T> tangent(Ops tf, Operand<T> input) {
    return base.tangent(tf, input);
  }

  @Override
  public <T extends TFloating> Operand<T> tangentGradient(
      Ops tf, Operand<T> gradient, Operand<T> output) {
    return base.tangentGradient(tf, gradient, output);
  }
}
