package dev.alexnet.model.network.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.GoldenDraws;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.LayerSpec.Convolution;
import dev.alexnet.model.network.LayerSpec.CrossMapNormalization;
import dev.alexnet.model.network.LayerSpec.Dense;
import dev.alexnet.model.network.LayerSpec.Dropout;
import dev.alexnet.model.network.LayerSpec.Initial;
import dev.alexnet.model.network.LayerSpec.Inputs;
import dev.alexnet.model.network.LayerSpec.MaxPooling;
import dev.alexnet.model.network.LayerSpec.Relu;
import dev.alexnet.model.network.LayerSpec.SameMapNormalization;
import dev.alexnet.model.network.LayerSpec.Tanh;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Compares the derivative of each kind of layer with difference quotients, in a network of a 3 × 3
 * convolution, the layer, and a dense layer. The convolution has more weights per map, 27, than the
 * layer has inputs per map, 25, so the derivatives of its weights determine those of every input of
 * the layer.
 */
@Tag("numbers")
class LayerDerivativeTest {
  private static final int SIDE = 5;
  private static final int CLASSES = 5;
  private static final Initial ANY = new Initial(1, 0);

  /** Relative to the largest derivative of a parameter; the quotients are in single precision. */
  private static final double TOLERANCE = 2e-3;

  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(new Convolution("conv", 3, 1, 1, 4, Inputs.OWN, ANY), 1f),
        Arguments.of(new Convolution("link", 3, 1, 1, 4, Inputs.BOTH, ANY), 1f),
        Arguments.of(new Convolution("cut", 3, 3, 0, 4, Inputs.OWN, ANY), 1f),
        Arguments.of(new Dense("dense", 6, false, ANY), 1f),
        Arguments.of(new Relu("relu"), 1f),
        Arguments.of(new Tanh("tanh"), 1f),
        Arguments.of(new MaxPooling("pool", 3, 2), 1f),
        Arguments.of(new MaxPooling("separate", 2, 2), 1f),
        Arguments.of(new CrossMapNormalization("norm", 5, 2, 0.1, 0.75), 1f),
        Arguments.of(new CrossMapNormalization("published", 5, 2, 2e-5, 0.75), 100f),
        Arguments.of(new SameMapNormalization("same", 5, 1, 0.1, 0.75), 1f),
        Arguments.of(new SameMapNormalization("published", 5, 1, 4e-5, 0.75), 100f),
        Arguments.of(new Dropout("dropout", 0.5), 1f));
  }

  /** A network with the layer in the middle. */
  static AlexNetSpec around(LayerSpec layer) {
    return new AlexNetSpec(
        "bench",
        "",
        SIDE,
        SIDE,
        2,
        1,
        Presets.mini().schedules(),
        List.of(
            new Convolution("first", 3, 1, 1, 12, Inputs.IMAGES, ANY),
            layer,
            new Dense("last", 0, true, ANY)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void backward_ofLayer_isTheQuotientOfDifferences(LayerSpec layer, float imageScale) {
    AlexNetSpec spec = around(layer);
    GoldenDraws draws = new GoldenDraws(5);
    float[] weighting = draws.uniform(CLASSES, 1, 100);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Map<Parameter, Operand<TFloat32>> fed = new LinkedHashMap<>();
      Network network =
          Network.of(
              tf,
              spec,
              CLASSES,
              CheckedExecution.of(spec, CLASSES, Placement.host(2)),
              (scope, parameter) -> {
                Operand<TFloat32> value = scope.placeholder(TFloat32.class);
                fed.put(parameter, value);
                return value;
              },
              new Mode.Training(7, tf.constant(3L)));
      Shape images = Shape.of(1, SIDE, SIDE, 3);
      Operand<TFloat32> logits =
          network.logits(
              tf.constant(images, DataBuffers.of(draws.uniform(images.size(), imageScale, 0))));
      Map<Parameter, Operand<TFloat32>> gradients = new LinkedHashMap<>();
      network.backward(
          tf.constant(Shape.of(1, CLASSES), DataBuffers.of(weighting)), gradients::put);
      Map<Parameter, float[]> values = new LinkedHashMap<>();
      fed.keySet()
          .forEach(
              parameter ->
                  values.put(parameter, draws.uniform(parameter.size(), 0.5, 1 + values.size())));
      try (Session session = new Session(graph);
          Bench bench = new Bench(session, fed, values, imageScale)) {
        assertThat(gradients.keySet()).containsExactlyInAnyOrderElementsOf(values.keySet());
        int bends = 0;
        int compared = 0;
        for (Parameter parameter : values.keySet()) {
          float[] actual = bench.fetch(gradients.get(parameter));
          double largest = 0;
          for (float value : actual) {
            largest = Math.max(largest, Math.abs(value));
          }
          for (int i = 0; i < actual.length; i++) {
            Quotients quotients = bench.quotients(parameter, i, logits, weighting);
            if (quotients.bend() > TOLERANCE * largest) {
              // A rectifier or a pooling window decides differently within the step, or the
              // function is curved.
              bends++;
            }
            compared++;
            assertThat((double) actual[i])
                .as("%s %s", parameter.name(), i)
                .isCloseTo(quotients.central(), within(TOLERANCE * largest + quotients.bend() / 2));
          }
        }
        assertThat(bends).as("bends of " + compared).isLessThan(compared / 10);
      }
    }
  }

  /**
   * @param central over the step to both sides
   * @param bend the difference of the quotients to both sides
   */
  private record Quotients(double central, double bend) {}

  /** A network whose parameters are fed. */
  private static final class Bench implements AutoCloseable {
    private static final float STEP = 1 / 256f;

    private final Session session;
    private final Map<Parameter, Operand<TFloat32>> fed;
    private final Map<Parameter, TFloat32> tensors = new LinkedHashMap<>();
    private final float imageScale;

    Bench(
        Session session,
        Map<Parameter, Operand<TFloat32>> fed,
        Map<Parameter, float[]> values,
        float imageScale) {
      this.session = session;
      this.imageScale = imageScale;
      this.fed = fed;
      values.forEach(
          (parameter, array) ->
              tensors.put(parameter, TFloat32.tensorOf(parameter.shape(), DataBuffers.of(array))));
    }

    float[] fetch(Operand<TFloat32> operand) {
      Session.Runner runner = session.runner();
      fed.forEach((parameter, placeholder) -> runner.feed(placeholder, tensors.get(parameter)));
      try (Result result = runner.fetch(operand).run()) {
        TFloat32 tensor = (TFloat32) result.get(0);
        float[] array = new float[Math.toIntExact(tensor.size())];
        tensor.copyTo(DataBuffers.of(array, false, false));
        return array;
      }
    }

    Quotients quotients(
        Parameter parameter, int index, Operand<TFloat32> logits, float[] weighting) {
      var data = tensors.get(parameter).asRawTensor().data().asFloats();
      // Biases must change as much as the products of weights and pixels.
      float step = parameter.kind() == Parameter.Kind.BIASES ? STEP * imageScale : STEP;
      float value = data.getFloat(index);
      double here = sum(fetch(logits), weighting);
      data.setFloat(value - step, index);
      double before = sum(fetch(logits), weighting);
      data.setFloat(value + step, index);
      double after = sum(fetch(logits), weighting);
      data.setFloat(value, index);
      double below = (here - before) / (value - (value - step));
      double above = (after - here) / ((value + step) - value);
      return new Quotients((below + above) / 2, Math.abs(above - below));
    }

    private static double sum(float[] logits, float[] weighting) {
      double sum = 0;
      for (int i = 0; i < logits.length; i++) {
        sum += (double) logits[i] * weighting[i];
      }
      return sum;
    }

    @Override
    public void close() {
      tensors.values().forEach(Tensor::close);
    }
  }
}
