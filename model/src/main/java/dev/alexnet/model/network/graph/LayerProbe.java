package dev.alexnet.model.network.graph;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.MapShape;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/**
 * One tower's part of a layer, alone in a graph: the operations of the network, and the same in
 * float64. A product that is followed by a ReLU is built twice, alone and with the ReLU, because
 * TensorFlow may compute both by one kernel or each by its own.
 */
public final class LayerProbe {
  private final LayerSpec spec;
  private final Optional<LayerSpec.Relu> relu;
  private final MapShape input;
  private final MapShape output;
  private final int classes;

  private LayerProbe(
      LayerSpec spec, Optional<LayerSpec.Relu> relu, MapShape input, MapShape output, int classes) {
    this.spec = spec;
    this.relu = relu;
    this.input = input;
    this.output = output;
    this.classes = classes;
  }

  /**
   * The results of a layer.
   *
   * @param byPass of each operation
   * @param rectified the forward pass with the following ReLU; empty if none follows
   */
  public record Results(
      Map<Pass, Operand<? extends TFloating>> byPass,
      Optional<Operand<? extends TFloating>> rectified) {}

  /**
   * A probe for each layer whose arithmetic needs a check, in the order of the forward pass.
   * Dropout only multiplies, so it has none.
   *
   * @param classes how many units the last layer has
   */
  public static List<LayerProbe> of(AlexNetSpec network, int classes) {
    List<LayerProbe> probes = new ArrayList<>();
    // The layers are needed for their shapes only; they build nothing.
    try (Graph unused = new Graph()) {
      ParameterValues none = (tf, parameter) -> tf.constant(0f);
      LayerFactory<TFloat64> factory = exact(Ops.create(unused), classes, none);
      MapShape shape = new MapShape(network.inputSize(), 3);
      for (int i = 0; i < network.layers().size(); i++) {
        LayerSpec layer = network.layers().get(i);
        LayerSpec ofOneTower = ofOneTower(layer, network.towers());
        MapShape input = inputOfOneTower(layer, shape, network.towers());
        shape = factory.layer(ofOneTower, input).outputShape();
        if (!(layer instanceof LayerSpec.Dropout)) {
          Optional<LayerSpec.Relu> relu =
              isProduct(layer) ? reluAt(network, i + 1) : Optional.empty();
          probes.add(new LayerProbe(ofOneTower, relu, input, shape, classes));
        }
      }
    }
    return probes;
  }

  private static boolean isProduct(LayerSpec layer) {
    return layer instanceof LayerSpec.Convolution || layer instanceof LayerSpec.Dense;
  }

  private static Optional<LayerSpec.Relu> reluAt(AlexNetSpec network, int index) {
    return index < network.layers().size()
            && network.layers().get(index) instanceof LayerSpec.Relu relu
        ? Optional.of(relu)
        : Optional.empty();
  }

  private static LayerSpec ofOneTower(LayerSpec layer, int towers) {
    if (layer instanceof LayerSpec.Convolution convolution) {
      return convolution.ofOneTower(towers);
    }
    return layer instanceof LayerSpec.Dense dense ? dense.ofOneTower(towers) : layer;
  }

  private static MapShape inputOfOneTower(LayerSpec layer, MapShape input, int towers) {
    boolean joins =
        layer instanceof LayerSpec.Dense
            || (layer instanceof LayerSpec.Convolution convolution
                && convolution.inputs() == LayerSpec.Inputs.BOTH);
    return joins ? new MapShape(input.side(), input.maps() * towers) : input;
  }

  /** The layer as one tower computes it. */
  public LayerSpec spec() {
    return spec;
  }

  /** Those of the requested operations that the layer has. */
  public List<Pass> passes(List<Pass> asked) {
    boolean readsImages =
        spec instanceof LayerSpec.Convolution convolution
            && convolution.inputs() == LayerSpec.Inputs.IMAGES;
    return asked.stream()
        .filter(
            pass ->
                switch (pass) {
                  case FORWARD -> true;
                  case INPUT_GRADIENT -> !readsImages;
                  case WEIGHT_GRADIENT, BIAS_GRADIENT -> isProduct(spec);
                })
        .toList();
  }

  /** {@code [batch, side, side, maps]}. */
  public Shape inputShape(long batch) {
    return Shape.of(batch, input.side(), input.side(), input.maps());
  }

  /** {@code [batch, side, side, maps]}, or {@code [batch, units]} for a dense layer. */
  public Shape outputShape(long batch) {
    return spec instanceof LayerSpec.Dense
        ? Shape.of(batch, output.maps())
        : Shape.of(batch, output.side(), output.side(), output.maps());
  }

  /**
   * Builds the layer as the network does.
   *
   * @param execution whose first tower's device is used
   * @param values of the parameters
   * @param input float32, {@code [batch, side, side, maps]}
   * @param sameInput the same in another tensor, for operations that are built twice: from one
   *     tensor, TensorFlow would compute them only once
   * @param gradient with respect to the output, float32; null for the forward pass alone
   */
  public Results build(
      Ops tf,
      Execution execution,
      ParameterValues values,
      Operand<TFloat32> input,
      Operand<TFloat32> sameInput,
      Operand<TFloat32> gradient) {
    TowerScopes scopes = new TowerScopes(tf, 1, execution.placement());
    LayerFactory<TFloat32> factory =
        new LayerFactory<>(
            classes, scopes, execution::kernelsOf, values, new Mode.Inference(), TFloat32.class);
    return build(tf, factory, execution.precision().type(), input, sameInput, gradient);
  }

  /**
   * Builds the layer in float64 on the CPU, whose kernels are different from those of float32 and
   * bfloat16.
   */
  public Results buildExact(
      Ops tf, ParameterValues values, Operand<TFloat32> input, Operand<TFloat32> gradient) {
    return build(tf, exact(tf, classes, values), TFloat64.class, input, input, gradient);
  }

  private static LayerFactory<TFloat64> exact(Ops tf, int classes, ParameterValues values) {
    Kernels kernels = Form.ELEMENTARY.over(Kernels.ofTensorFlow());
    return new LayerFactory<>(
        classes,
        new TowerScopes(tf, 1, Placement.host(1)),
        layer -> pass -> kernels,
        values,
        new Mode.Inference(),
        TFloat64.class);
  }

  /** Determines which kernels compute the layer: probes with equal keys use the same ones. */
  public Object kernelKey() {
    Object window =
        spec instanceof LayerSpec.Convolution convolution
            ? List.of(convolution.kernel(), convolution.stride(), convolution.padding())
            : isProduct(spec) ? "" : spec.constants();
    return List.of(spec.getClass(), window, relu.isPresent(), passes(Pass.TRAINING), shapes());
  }

  /** The shapes of input and output as text: {@code 27x27x48 to 27x27x128}. */
  public String shapes() {
    return input + " to " + output;
  }

  private <T extends TFloating> Results build(
      Ops tf,
      LayerFactory<?> factory,
      Class<T> type,
      Operand<TFloat32> fedInput,
      Operand<TFloat32> sameInput,
      Operand<TFloat32> fedGradient) {
    Map<Pass, Operand<? extends TFloating>> byPass = new EnumMap<>(Pass.class);
    Layer<T> layer = factory.layer(spec, input);
    byPass.put(Pass.FORWARD, layer.forward(List.of(Cast.to(tf, fedInput, type))).get(0));
    if (fedGradient != null) {
      layer
          .backward(
              List.of(Cast.to(tf, fedGradient, type)),
              (parameter, gradient) ->
                  byPass.put(
                      parameter.kind() == Parameter.Kind.WEIGHTS
                          ? Pass.WEIGHT_GRADIENT
                          : Pass.BIAS_GRADIENT,
                      gradient))
          .forEach(gradient -> byPass.put(Pass.INPUT_GRADIENT, gradient));
    }
    return new Results(
        byPass,
        relu.map(
            next -> {
              Layer<T> again = factory.layer(spec, input);
              List<Operand<T>> outputs = again.forward(List.of(Cast.to(tf, sameInput, type)));
              return factory.<T>layer(next, output).forward(outputs).get(0);
            }));
  }
}
