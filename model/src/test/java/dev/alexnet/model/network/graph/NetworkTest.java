package dev.alexnet.model.network.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.GoldenDraws;
import dev.alexnet.model.network.GoldenNumbers;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.FetchedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

@Tag("numbers")
class NetworkTest {
  private static final int CLASSES = 10;
  private static final double TOLERANCE = 1e-4;

  /** Four times the largest change by rounding to 8 bits. */
  private static final double BF16_TOLERANCE = 0x1p-6;

  @Test
  void parameters_ofPublished_areThePublishedOnes() {
    try (Graph graph = new Graph()) {
      Map<String, Long> byLayer = new LinkedHashMap<>();
      Map<Integer, Long> byTower = new LinkedHashMap<>();
      Network network =
          Network.of(
              Ops.create(graph),
              Presets.published(),
              1000,
              Execution.on(Placement.host(2)),
              (tf, parameter) -> tf.constant(0f),
              new Mode.Inference());
      for (Parameter parameter : network.parameters()) {
        byLayer.merge(parameter.layer(), parameter.size(), Long::sum);
        byTower.merge(parameter.tower(), parameter.size(), Long::sum);
      }
      assertThat(byLayer)
          .containsExactly(
              Map.entry("conv1", 34_944L),
              Map.entry("conv2", 307_456L),
              Map.entry("conv3", 885_120L),
              Map.entry("conv4", 663_936L),
              Map.entry("conv5", 442_624L),
              Map.entry("fc6", 37_752_832L),
              Map.entry("fc7", 16_781_312L),
              Map.entry("fc8", 4_097_000L));
      assertThat(byLayer.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(60_965_224L);
      assertThat(byTower).containsEntry(0, 32_531_112L).containsEntry(1, 28_434_112L);
    }
  }

  /**
   * Against Python TensorFlow 2.21's automatic differentiation in double precision: the script is
   * {@code src/test/python/network_golden.py}. It also chose the seed, so that no rectifier and no
   * pooling window has a near tie. Dropout is left out, because its draws are our own.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mini",
        "published",
        "paper-text",
        "half",
        "conv6",
        "cifar",
        "mini with tanh",
        "mini without overlap"
      })
  void logitsAndBackward_ofPreset_agreeWithPythonTensorFlow(String preset) throws IOException {
    JsonNode golden =
        GoldenNumbers.read(NetworkTest.class, preset.replace(' ', '-') + "_golden.json");
    AlexNetSpec spec = Presets.described(preset).withoutDropout();
    assertAgrees(outcome(spec, golden, Precision.FP32), golden);
  }

  private static void assertAgrees(Map<String, float[]> actual, JsonNode golden) {
    assertClose(actual.remove("logits"), golden, "logits", TOLERANCE);
    assertClose(actual.remove("loss"), golden, "loss", TOLERANCE);
    assertThat(actual.keySet()).hasSameElementsAs(fieldNames(golden.get("gradients")));
    GoldenDraws draws = new GoldenDraws(golden.get("seed").asLong());
    actual.forEach(
        (name, gradient) ->
            GoldenNumbers.assertAgrees(
                name, gradient, golden.get("gradients").get(name), draws, TOLERANCE));
  }

  /** The network of the script has no dropout, and nothing is halved where there is none. */
  @Test
  void logitsAndBackward_withoutDropout_agreeWithPythonTensorFlow() throws IOException {
    JsonNode golden = GoldenNumbers.read(NetworkTest.class, "mini_golden.json");
    AlexNetSpec spec = Presets.named("mini", "dropout");
    assertAgrees(outcome(spec, golden, Precision.FP32), golden);
  }

  /**
   * Rounding makes some rectifiers and pooling windows decide differently, so that derivatives can
   * only be compared layer by layer: {@link Bfloat16LayerTest}.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mini", "published"})
  void logits_ofPresetInBf16_agreeWithPythonTensorFlowWithinRounding(String preset)
      throws IOException {
    JsonNode golden = GoldenNumbers.read(NetworkTest.class, preset + "_golden.json");
    Map<String, float[]> actual =
        outcome(Presets.named(preset).withoutDropout(), golden, Precision.BF16);
    assertClose(actual.get("logits"), golden, "logits", BF16_TOLERANCE);
    assertClose(actual.get("loss"), golden, "loss", BF16_TOLERANCE);
  }

  /**
   * The logits, the loss, and the derivative of the loss with respect to each parameter, by name.
   */
  private static Map<String, float[]> outcome(
      AlexNetSpec spec, JsonNode golden, Precision precision) {
    GoldenDraws draws = new GoldenDraws(golden.get("seed").asLong());
    int[] labels = labels(golden);
    double imageScale = golden.path("image_scale").asDouble(100);
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Map<Parameter, Operand<TFloat32>> fed = new LinkedHashMap<>();
      Network network =
          Network.of(
              tf.withSubScope("golden"),
              spec,
              CLASSES,
              CheckedExecution.of(
                  spec,
                  CLASSES,
                  new Placement(
                      IntStream.range(0, spec.towers())
                          .mapToObj(i -> new Device(false, i))
                          .toList()),
                  precision),
              (scope, parameter) -> {
                Placeholder<TFloat32> value =
                    scope.placeholder(TFloat32.class, Placeholder.shape(parameter.shape()));
                fed.put(parameter, value);
                return value;
              },
              new Mode.Inference());
      Shape shape = Shape.of(labels.length, spec.inputSize(), spec.inputSize(), 3);
      Operand<TFloat32> logits =
          network.logits(
              tf.constant(shape, DataBuffers.of(draws.uniform(shape.size(), imageScale, 0))));
      Operand<TFloat32> truth =
          tf.oneHot(tf.constant(labels), tf.constant(CLASSES), tf.constant(1f), tf.constant(0f));
      SoftmaxCrossEntropyWithLogits<TFloat32> losses =
          SoftmaxCrossEntropyWithLogits.create(tf.scope(), logits, truth);
      Map<String, Operand<TFloat32>> fetched = new LinkedHashMap<>();
      fetched.put("logits", logits);
      fetched.put("loss", tf.math.mean(losses.loss(), tf.constant(0)));
      network.backward(
          tf.math.div(losses.backprop(), tf.constant((float) labels.length)),
          (parameter, gradient) -> fetched.put(parameter.name(), gradient));

      return run(graph, spec, network.parameters(), fed, fetched, draws);
    }
  }

  private static Map<String, float[]> run(
      Graph graph,
      AlexNetSpec spec,
      List<Parameter> parameters,
      Map<Parameter, Operand<TFloat32>> fed,
      Map<String, Operand<TFloat32>> fetched,
      GoldenDraws draws) {
    ConfigProto cpus =
        ConfigProto.newBuilder()
            .putDeviceCount("CPU", spec.towers())
            .setAllowSoftPlacement(false)
            .build();
    List<TFloat32> values = new ArrayList<>();
    try (Session session = new Session(graph, cpus)) {
      Session.Runner runner = session.runner();
      for (Parameter parameter : parameters) {
        float[] drawn = draws.values(parameter, 1 + values.size());
        values.add(TFloat32.tensorOf(parameter.shape(), DataBuffers.of(drawn)));
        runner.feed(fed.get(parameter), values.get(values.size() - 1));
      }
      return FetchedValues.of(runner, fetched);
    } finally {
      values.forEach(TFloat32::close);
    }
  }

  private static void assertClose(float[] actual, JsonNode golden, String name, double tolerance) {
    JsonNode given = golden.get(name);
    double[] expected = given.isArray() ? GoldenNumbers.of(given) : new double[] {given.asDouble()};
    assertThat(actual).as(name).hasSameSizeAs(expected);
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("%s %s", name, i)
          .isCloseTo(expected[i], within(tolerance * largest));
    }
  }

  private static int[] labels(JsonNode golden) {
    List<Integer> labels = new ArrayList<>();
    golden.get("labels").forEach(label -> labels.add(label.asInt()));
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<String> fieldNames(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
