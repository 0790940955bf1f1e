package dev.alexnet.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

class NetworkTest {
  private static final int BATCH = 4;
  private static final int CLASSES = 10;

  @Test
  void parameters_ofPublished_areThePublishedOnes() {
    try (Graph graph = new Graph()) {
      Map<String, Long> byLayer = new LinkedHashMap<>();
      Map<Integer, Long> byTower = new LinkedHashMap<>();
      for (Parameter parameter : network(graph, Presets.published(), 1000).parameters()) {
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
   * Against Python TensorFlow 2.21's automatic differentiation: the script is {@code
   * src/test/python/network_golden.py}. Dropout is left out, because its draws are our own.
   */
  @Test
  void backward_ofMini_agreesWithPythonTensorFlow() throws Exception {
    JsonNode golden;
    try (InputStream stream = NetworkTest.class.getResourceAsStream("mini_golden.json")) {
      golden = new ObjectMapper().readTree(stream);
    }
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Map<String, Integer> order = new LinkedHashMap<>();
      for (Parameter parameter :
          network(graph, withoutDropout(Presets.mini()), CLASSES).parameters()) {
        order.put(parameter.name(), order.size());
      }
      ParameterValues values =
          (scope, parameter) ->
              scope.constant(
                  parameter.shape(),
                  DataBuffers.of(
                      wave(parameter.size(), scale(parameter), order.get(parameter.name()))));
      Network network =
          Network.of(
              tf.withSubScope("golden"),
              withoutDropout(Presets.mini()),
              CLASSES,
              new Placement(List.of(new Device(false, 0), new Device(false, 1))),
              values,
              new Mode.Inference());
      Operand<TFloat32> images =
          tf.constant(
              Shape.of(BATCH, 48, 48, 3), DataBuffers.of(wave(BATCH * 48 * 48 * 3, 100, 0.5)));
      Operand<TFloat32> logits = network.logits(images);
      Operand<TFloat32> truth =
          tf.oneHot(
              tf.constant(new int[] {3, 1, 4, 1}),
              tf.constant(CLASSES),
              tf.constant(1f),
              tf.constant(0f));
      SoftmaxCrossEntropyWithLogits<TFloat32> loss =
          SoftmaxCrossEntropyWithLogits.create(tf.scope(), logits, truth);
      Map<String, Operand<TFloat32>> gradients = new LinkedHashMap<>();
      network.backward(
          tf.math.div(loss.backprop(), tf.constant((float) BATCH)),
          (parameter, gradient) -> gradients.put(parameter.name(), gradient));

      assertThat(gradients.keySet()).hasSameElementsAs(fieldNames(golden.get("gradients")));
      ConfigProto twoDevices =
          ConfigProto.newBuilder().putDeviceCount("CPU", 2).setAllowSoftPlacement(false).build();
      try (Session session = new Session(graph, twoDevices)) {
        float[] actualLogits = fetch(session, logits);
        for (int i = 0; i < actualLogits.length; i++) {
          double expected = golden.get("logits").get(i / CLASSES).get(i % CLASSES).asDouble();
          assertThat((double) actualLogits[i]).isCloseTo(expected, within(1e-5));
        }
        gradients.forEach(
            (name, gradient) ->
                assertGradient(name, fetch(session, gradient), golden.get("gradients").get(name)));
      }
    }
  }

  private static void assertGradient(String name, float[] actual, JsonNode golden) {
    double norm = 0;
    double projection = 0;
    for (int i = 0; i < actual.length; i++) {
      norm += (double) actual[i] * actual[i];
      projection += actual[i] * Math.cos(i * 0.11);
    }
    double expectedNorm = golden.get("norm").asDouble();
    assertThat(Math.sqrt(norm)).as(name).isCloseTo(expectedNorm, within(1e-4 * expectedNorm));
    assertThat(projection)
        .as(name)
        .isCloseTo(golden.get("projection").asDouble(), within(1e-4 * expectedNorm));
  }

  private static Network network(Graph graph, AlexNetSpec spec, int classes) {
    return Network.of(
        Ops.create(graph),
        spec,
        classes,
        Placement.host(spec.towers()),
        (tf, parameter) -> tf.constant(0f),
        new Mode.Inference());
  }

  private static AlexNetSpec withoutDropout(AlexNetSpec spec) {
    List<LayerSpec> layers =
        spec.layers().stream().filter(layer -> !(layer instanceof LayerSpec.Dropout)).toList();
    return new AlexNetSpec(
        spec.name(), spec.description(), spec.imageSize(), spec.inputSize(), spec.towers(), layers);
  }

  private static double scale(Parameter parameter) {
    return parameter.layer().equals("conv1") && parameter.kind() == Parameter.Kind.WEIGHTS
        ? 0.02
        : 0.1;
  }

  private static float[] wave(long size, double scale, double phase) {
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * Math.sin(i * 0.37 + phase));
    }
    return values;
  }

  private static float[] fetch(Session session, Operand<TFloat32> operand) {
    try (Result result = session.runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }

  private static List<String> fieldNames(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
