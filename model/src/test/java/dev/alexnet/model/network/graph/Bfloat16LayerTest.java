package dev.alexnet.model.network.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.GoldenDraws;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.FetchedValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The logits and the derivatives of each kind of layer in bfloat16 against those in float32, which
 * {@link LayerDerivativeTest} compares with difference quotients, in the network of that test. In a
 * whole network, some rectifiers and pooling windows decide differently when their inputs are
 * rounded, so that derivatives differ by far more than rounding: {@link NetworkTest} compares only
 * its outputs.
 */
@Tag("numbers")
class Bfloat16LayerTest {
  /** With these seeds, no rectifier and no pooling window decides differently after rounding. */
  private static final long SEED = 1;

  private static final int SIDE = 5;
  private static final int CLASSES = 5;

  /** The largest relative change of a number that is rounded to 8 bits. */
  private static final double ROUNDING = 0x1p-8;

  /**
   * Three layers round their inputs, weights, products and sums, forward and back. Errors of random
   * sign add up to the square root of their number.
   */
  private static final double ROUNDINGS = 4;

  @ParameterizedTest
  @MethodSource("dev.alexnet.model.network.graph.LayerDerivativeTest#layers")
  void backward_ofLayerInBf16_isThatOfFloat32WithinItsRounding(LayerSpec layer, float imageScale) {
    Map<String, float[]> exact = outcome(layer, imageScale, Precision.FP32);
    Map<String, float[]> shortened = outcome(layer, imageScale, Precision.BF16);
    assertThat(shortened.keySet()).isEqualTo(exact.keySet());
    exact.forEach(
        (name, values) ->
            assertThat(distance(values, shortened.get(name)) / ROUNDING)
                .as(name)
                .isBetween(0.1, ROUNDINGS));
  }

  private static double distance(float[] exact, float[] other) {
    double squares = 0;
    double differences = 0;
    for (int i = 0; i < exact.length; i++) {
      squares += (double) exact[i] * exact[i];
      differences += Math.pow((double) other[i] - exact[i], 2);
    }
    return Math.sqrt(differences / squares);
  }

  /** The logits, and the derivatives of their weighted sum with respect to every parameter. */
  private static Map<String, float[]> outcome(
      LayerSpec layer, float imageScale, Precision precision) {
    AlexNetSpec spec = LayerDerivativeTest.around(layer);
    GoldenDraws draws = new GoldenDraws(SEED);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Map<String, Operand<TFloat32>> fetched = new LinkedHashMap<>();
      int[] streams = {0};
      Network network =
          Network.of(
              tf,
              spec,
              CLASSES,
              CheckedExecution.of(spec, CLASSES, Placement.host(2), precision),
              (scope, parameter) ->
                  scope.constant(
                      parameter.shape(),
                      DataBuffers.of(draws.uniform(parameter.size(), 0.5, ++streams[0]))),
              new Mode.Training(7, tf.constant(3L)));
      Shape images = Shape.of(1, SIDE, SIDE, 3);
      fetched.put(
          "logits",
          network.logits(
              tf.constant(images, DataBuffers.of(draws.uniform(images.size(), imageScale, 0)))));
      network.backward(
          tf.constant(Shape.of(1, CLASSES), DataBuffers.of(draws.uniform(CLASSES, 1, 100))),
          (parameter, gradient) -> fetched.put(parameter.name(), gradient));
      try (Session session = new Session(graph)) {
        return FetchedValues.of(session.runner(), fetched);
      }
    }
  }
}
