package dev.alexnet.model.kernel;

import static dev.alexnet.model.kernel.Cast.toFloat32;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Computes in float32, whatever the type of its inputs and outputs. */
final class Float32Kernels implements Kernels {
  private final Kernels base;

  Float32Kernels(Kernels base) {
    this.base = base;
  }

  private static <T extends TFloating> Operand<T> as(
      Ops tf, Operand<T> example, Operand<TFloat32> result) {
    return Cast.to(tf, result, example.type());
  }

  @Override
  public <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> input, Operand<T> weights, Sliding sliding) {
    return as(
        tf, input, base.convolution(tf, toFloat32(tf, input), toFloat32(tf, weights), sliding));
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionInputGradient(
      Ops tf, Operand<T> input, Operand<T> weights, Operand<T> gradient, Sliding sliding) {
    return as(
        tf,
        input,
        base.convolutionInputGradient(
            tf, toFloat32(tf, input), toFloat32(tf, weights), toFloat32(tf, gradient), sliding));
  }

  @Override
  public <T extends TFloating> Operand<T> convolutionWeightGradient(
      Ops tf, Operand<T> input, int[] shape, Operand<T> gradient, Sliding sliding) {
    return as(
        tf,
        input,
        base.convolutionWeightGradient(
            tf, toFloat32(tf, input), shape, toFloat32(tf, gradient), sliding));
  }

  @Override
  public <T extends TFloating> Operand<T> product(
      Ops tf, Operand<T> left, Operand<T> right, boolean transposeLeft, boolean transposeRight) {
    return as(
        tf,
        left,
        base.product(tf, toFloat32(tf, left), toFloat32(tf, right), transposeLeft, transposeRight));
  }

  @Override
  public <T extends TFloating> Operand<T> addBiases(Ops tf, Operand<T> values, Operand<T> biases) {
    return as(tf, values, base.addBiases(tf, toFloat32(tf, values), toFloat32(tf, biases)));
  }

  @Override
  public <T extends TFloating> Operand<T> biasGradient(Ops tf, Operand<T> gradient) {
    return as(tf, gradient, base.biasGradient(tf, toFloat32(tf, gradient)));
  }

  @Override
  public <T extends TFloating> Operand<T> normalize(Ops tf, Operand<T> input, Response response) {
    return as(tf, input, base.normalize(tf, toFloat32(tf, input), response));
  }

  @Override
  public <T extends TFloating> Operand<T> normalizeGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Response response) {
    return as(
        tf,
        gradient,
        base.normalizeGradient(
            tf, toFloat32(tf, gradient), toFloat32(tf, input), toFloat32(tf, output), response));
  }

  @Override
  public <T extends TFloating> Operand<T> windowMeans(Ops tf, Operand<T> input, long size) {
    return as(tf, input, base.windowMeans(tf, toFloat32(tf, input), size));
  }

  @Override
  public <T extends TFloating> Operand<T> maximum(Ops tf, Operand<T> input, Window window) {
    return as(tf, input, base.maximum(tf, toFloat32(tf, input), window));
  }

  @Override
  public <T extends TFloating> Operand<T> maximumGradient(
      Ops tf, Operand<T> gradient, Operand<T> input, Operand<T> output, Window window) {
    return as(
        tf,
        gradient,
        base.maximumGradient(
            tf, toFloat32(tf, gradient), toFloat32(tf, input), toFloat32(tf, output), window));
  }

  @Override
  public <T extends TFloating> Operand<T> rectify(Ops tf, Operand<T> input) {
    return as(tf, input, base.rectify(tf, toFloat32(tf, input)));
  }

  @Override
  public <T extends TFloating> Operand<T> rectifyGradient(
      Ops tf, Operand<T> gradient, Operand<T> output) {
    return as(
        tf, gradient, base.rectifyGradient(tf, toFloat32(tf, gradient), toFloat32(tf, output)));
  }

  @Override
  public <T extends TFloating> Operand<T> tangent(Ops tf, Operand<T> input) {
    return as(tf, input, base.tangent(tf, toFloat32(tf, input)));
  }

  @Override
  public <T extends TFloating> Operand<T> tangentGradient(
      Ops tf, Operand<T> gradient, Operand<T> output) {
    return as(
        tf, gradient, base.tangentGradient(tf, toFloat32(tf, gradient), toFloat32(tf, output)));
  }
}
