package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterGradients;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Pass;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Convolution with bias, one set of kernels per tower. */
final class ConvolutionLayer<T extends TFloating> implements Layer<T> {
  private static final int RANK = 4;

  private final LayerSpec.Convolution spec;
  private final TowerScopes scopes;
  private final Execution.LayerKernels kernels;
  private final int towers;
  private final int paddingBefore;
  private final int paddingAfter;
  private final MapShape outputShape;
  private final LayerParameters parameters;

  private final List<Operand<T>> padded = new ArrayList<>();
  private final List<Operand<T>> weights = new ArrayList<>();

  ConvolutionLayer(
      LayerSpec.Convolution spec,
      MapShape input,
      TowerScopes scopes,
      Execution.LayerKernels kernels,
      ParameterValues values) {
    this.spec = spec;
    this.scopes = scopes;
    this.kernels = kernels;
    this.towers = scopes.towers();
    int inputMaps = spec.inputs() == LayerSpec.Inputs.BOTH ? input.maps() * towers : input.maps();
    this.outputShape =
        new MapShape(MapShape.convolutionSide(input.side(), spec), spec.maps() / towers);
    this.paddingBefore = spec.padding();
    this.paddingAfter = spec.padding() + MapShape.missingAtEnd(input.side(), spec);
    this.parameters =
        new LayerParameters(
            spec.name(),
            spec.initial(),
            towers,
            scopes,
            kernels,
            values,
            spec.kernel(),
            spec.kernel(),
            inputMaps,
            outputShape.maps());
  }

  @Override
  public MapShape outputShape() {
    return outputShape;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters.all();
  }

  // With a stride of 1 and the same padding on all sides, padding in the kernel is faster than a
  // Pad operation.
  private boolean isSame() {
    return spec.stride() == 1
        && paddingBefore == paddingAfter
        && 2 * paddingBefore == spec.kernel() - 1;
  }

  private Kernels.Sliding sliding() {
    return new Kernels.Sliding(spec.stride(), isSame() ? "SAME" : "VALID");
  }

  @Override
  public List<Operand<T>> forward(List<Operand<T>> inputs) {
    List<Operand<T>> outputs = new ArrayList<>();
    for (int tower = 0; tower < towers; tower++) {
      Ops tf = scopes.forward(tower, spec.name());
      Operand<T> input =
          spec.inputs() == LayerSpec.Inputs.BOTH
              ? CrossLink.join(tf, inputs, RANK)
              : inputs.get(tower);
      if (!isSame() && paddingBefore + paddingAfter > 0) {
        input = tf.pad(input, paddings(tf), Cast.to(tf, tf.constant(0f), input.type()));
      }
      Operand<T> towerWeights = parameters.weights(tf, tower, input.type());
      padded.add(input);
      weights.add(towerWeights);
      outputs.add(
          parameters.addBiases(
              tf, tower, kernels.in(Pass.FORWARD).convolution(tf, input, towerWeights, sliding())));
    }
    return outputs;
  }

  private Operand<TInt32> paddings(Ops tf) {
    return tf.constant(
        new int[][] {{0, 0}, {paddingBefore, paddingAfter}, {paddingBefore, paddingAfter}, {0, 0}});
  }

  @Override
  public List<Operand<T>> backward(
      List<Operand<T>> gradients, ParameterGradients parameterGradients) {
    List<Ops> backward = new ArrayList<>();
    List<Operand<T>> inputGradients = new ArrayList<>();
    for (int tower = 0; tower < towers; tower++) {
      Ops tf = scopes.backward(tower, spec.name());
      backward.add(tf);
      Operand<T> gradient = gradients.get(tower);
      Operand<T> input = padded.get(tower);
      parameters.accept(
          tf,
          tower,
          gradient,
          kernels
              .in(Pass.WEIGHT_GRADIENT)
              .convolutionWeightGradient(tf, input, parameters.weightShape(), gradient, sliding()),
          parameterGradients);
      if (spec.inputs() != LayerSpec.Inputs.IMAGES) {
        Operand<T> byPadded =
            kernels
                .in(Pass.INPUT_GRADIENT)
                .convolutionInputGradient(tf, input, weights.get(tower), gradient, sliding());
        inputGradients.add(withoutPadding(tf, byPadded));
      }
    }
    return spec.inputs() == LayerSpec.Inputs.BOTH
        ? CrossLink.split(backward, backward, inputGradients, RANK)
        : inputGradients;
  }

  private Operand<T> withoutPadding(Ops tf, Operand<T> gradient) {
    if (isSame() || paddingBefore + paddingAfter == 0) {
      return gradient;
    }
    Operand<TInt32> padding =
        tf.constant(new int[] {0, paddingBefore + paddingAfter, paddingBefore + paddingAfter, 0});
    return tf.slice(
        gradient,
        tf.constant(new int[] {0, paddingBefore, paddingBefore, 0}),
        tf.math.sub(tf.shape(gradient), padding));
  }
}
