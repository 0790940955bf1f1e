package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.model.network.GoldenNumbers;
import dev.alexnet.model.network.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Compares with NumPy in double precision: {@code src/test/python/lars_golden.py}. */
@Tag("numbers")
class LarsTest {
  private static final Parameter LARGE = weights("large", Shape.of(2, 3));
  private static final Parameter SMALL = weights("small", Shape.of(2));
  private static final Parameter BIAS =
      new Parameter("tower0/l/biases", "l", 0, Parameter.Kind.BIASES, Shape.of(1), 0, 0.25);
  private static final Parameter ZERO =
      new Parameter("tower0/z/weights", "z", 0, Parameter.Kind.WEIGHTS, Shape.of(1), 0, 0);

  private static Parameter weights(String layer, Shape shape) {
    return new Parameter(
        "tower0/" + layer + "/weights", layer, 0, Parameter.Kind.WEIGHTS, shape, 1, 0);
  }

  @Test
  void updates_ofTwentySteps_areThoseOfThePaper() throws IOException {
    JsonNode golden = GoldenNumbers.read(LarsTest.class, "lars_golden.json");
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables();
      Operand<TFloat32> rate = tf.placeholder(TFloat32.class);
      Map<String, Operand<TFloat32>> gradients = new HashMap<>();
      List<Op> starts = new ArrayList<>();
      for (Parameter parameter : List.of(LARGE, SMALL)) {
        String name = parameter.layer();
        Operand<TFloat32> value = variables.value(tf, parameter);
        float curvature = (float) golden.get("curvature").get(name).asDouble();
        gradients.put(
            parameter.name(),
            tf.math.mul(
                tf.constant(curvature),
                tf.math.sub(value, constant(tf, parameter, golden.get("target").get(name)))));
        starts.add(
            tf.assignVariableOp(
                variables.named(parameter.name()).value(),
                constant(tf, parameter, golden.get("start").get(name))));
      }
      List<UpdateRule.Update> updates =
          UpdateRule.LARS.updates(
              tf, variables, gradients, Map.of(LARGE.name(), rate, SMALL.name(), rate));
      List<Op> initializers = variables.initializers(1);
      try (Session session = new Session(graph)) {
        run(session, initializers);
        run(session, starts);
        for (long step = 0; step < golden.get("steps").asLong(); step++) {
          try (TFloat32 fed = TFloat32.scalarOf((float) rate(golden, step))) {
            Session.Runner runner = session.runner().feed(rate, fed);
            updates.forEach(update -> runner.addTarget(update.operation()));
            runner.run().close();
          }
        }
        for (Parameter parameter : List.of(LARGE, SMALL)) {
          double[] expected = GoldenNumbers.of(golden.get("end").get(parameter.layer()));
          float[] actual = value(session, variables, parameter);
          for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                .as("%s %s", parameter.name(), i)
                .isCloseTo(expected[i], within(1e-5 * Math.max(0.01, Math.abs(expected[i]))));
          }
        }
      }
    }
  }

  @Test
  void updates_ofBiasesAndOfZeros_areWithoutALocalRate() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables();
      Operand<TFloat32> gradient = tf.constant(new float[] {2});
      Map<String, Operand<TFloat32>> gradients = new HashMap<>();
      Map<String, Operand<TFloat32>> rates = new HashMap<>();
      for (Parameter parameter : List.of(BIAS, ZERO)) {
        variables.value(tf, parameter);
        gradients.put(parameter.name(), gradient);
        rates.put(parameter.name(), tf.constant(0.01f));
      }
      List<Op> updates = new ArrayList<>();
      UpdateRule.LARS
          .updates(tf, variables, gradients, rates)
          .forEach(update -> updates.add(update.operation()));
      List<Op> initializers = variables.initializers(1);
      try (Session session = new Session(graph)) {
        run(session, initializers);
        run(session, updates);
        assertThat((double) value(session, variables, BIAS)[0]).isCloseTo(0.23, within(1e-7));
        assertThat(value(session, variables, ZERO)).containsExactly(0f);
      }
    }
  }

  /** The rate of the schedule 'poly' after a warm-up. */
  private static double rate(JsonNode golden, long step) {
    double left = 1 - step / golden.get("steps").asDouble();
    double warmth = Math.min(1, (step + 1) / golden.get("warmUp").asDouble());
    return golden.get("rate").asDouble() * left * left * warmth;
  }

  private static void run(Session session, List<Op> operations) {
    Session.Runner runner = session.runner();
    operations.forEach(runner::addTarget);
    runner.run().close();
  }

  private static Operand<TFloat32> constant(Ops tf, Parameter parameter, JsonNode values) {
    double[] doubles = GoldenNumbers.of(values);
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return tf.constant(parameter.shape(), DataBuffers.of(floats));
  }

  private static float[] value(Session session, Variables variables, Parameter parameter) {
    Operand<TFloat32> current = variables.named(parameter.name()).current();
    try (Result result = session.runner().fetch(current).run()) {
      float[] values = new float[Math.toIntExact(parameter.size())];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }
}
