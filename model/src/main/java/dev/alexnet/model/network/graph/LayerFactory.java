package dev.alexnet.model.network.graph;

import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Pass;
import java.util.function.Function;
import org.tensorflow.types.family.TFloating;

/**
 * Creates layers from their specifications.
 *
 * @param classes how many units the last layer has
 * @param kernels of a layer, by its name
 * @param exact the type in which normalisations compute, whatever the type of their inputs
 */
record LayerFactory<E extends TFloating>(
    int classes,
    TowerScopes scopes,
    Function<String, Execution.LayerKernels> kernels,
    ParameterValues values,
    Mode mode,
    Class<E> exact) {

  /**
   * @param input of one tower
   */
  <T extends TFloating> Layer<T> layer(LayerSpec spec, MapShape input) {
    Execution.LayerKernels own = kernels.apply(spec.name());
    if (spec instanceof LayerSpec.Convolution convolution) {
      return new ConvolutionLayer<>(convolution, input, scopes, own, values);
    } else if (spec instanceof LayerSpec.Relu relu) {
      return new ActivationLayer<>(
          relu.name(),
          input,
          scopes,
          (tf, values) -> own.in(Pass.FORWARD).rectify(tf, values),
          (tf, gradient, output) ->
              own.in(Pass.INPUT_GRADIENT).rectifyGradient(tf, gradient, output));
    } else if (spec instanceof LayerSpec.Tanh tanh) {
      return new ActivationLayer<>(
          tanh.name(),
          input,
          scopes,
          (tf, values) -> own.in(Pass.FORWARD).tangent(tf, values),
          (tf, gradient, output) ->
              own.in(Pass.INPUT_GRADIENT).tangentGradient(tf, gradient, output));
    } else if (spec instanceof LayerSpec.CrossMapNormalization normalization) {
      return new CrossMapNormalizationLayer<>(normalization, input, scopes, own, exact);
    } else if (spec instanceof LayerSpec.SameMapNormalization normalization) {
      return new SameMapNormalizationLayer<>(normalization, input, scopes, own, exact);
    } else if (spec instanceof LayerSpec.MaxPooling pooling) {
      return new MaxPoolingLayer<>(pooling, input, scopes, own);
    } else if (spec instanceof LayerSpec.Dense dense) {
      return new DenseLayer<>(dense, input, classes, scopes, own, values);
    } else if (spec instanceof LayerSpec.Dropout dropout) {
      return new DropoutLayer<>(dropout, input, scopes, mode);
    }
    throw new IllegalStateException("The sealed interface has an unknown layer: " + spec);
  }
}
