package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.network.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

@Tag("numbers")
class UpdateRuleTest {
  private static final Parameter WEIGHT =
      new Parameter("tower0/l/weights", "l", 0, Parameter.Kind.WEIGHTS, Shape.of(1), 0, 0.5);
  private static final Parameter BIAS =
      new Parameter("tower0/l/biases", "l", 0, Parameter.Kind.BIASES, Shape.of(1), 0, 0.25);

  /**
   * Compares with the rule in double precision: the rate is inside the momentum, so a drop of the
   * rate keeps the velocity; weights decay and biases do not.
   */
  @Test
  void updates_overADropOfTheRate_followThePublishedRule() {
    double weight = 0.5;
    double weightSpeed = 0;
    double bias = 0.25;
    double biasSpeed = 0;
    double decay = 0.25;
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables();
      Map<String, Operand<TFloat32>> gradients = new HashMap<>();
      for (Parameter parameter : List.of(WEIGHT, BIAS)) {
        variables.value(tf, parameter);
        gradients.put(parameter.name(), tf.constant(new float[] {2}));
      }
      Operand<TFloat32> weightRate = tf.placeholder(TFloat32.class);
      Operand<TFloat32> biasRate = tf.placeholder(TFloat32.class);
      List<UpdateRule.Update> updates =
          new UpdateRule(0.9, decay, OptionalDouble.empty())
              .updates(
                  tf,
                  variables,
                  gradients,
                  Map.of(WEIGHT.name(), weightRate, BIAS.name(), biasRate));
      List<Op> initializers = variables.initializers(1);
      try (Session session = new Session(graph)) {
        Session.Runner initialize = session.runner();
        initializers.forEach(initialize::addTarget);
        initialize.run().close();
        for (int step = 0; step < 10; step++) {
          double rate = step < 5 ? 0.01 : 0.001;
          weightSpeed = 0.9 * weightSpeed - rate * (2 + decay * weight);
          weight += weightSpeed;
          biasSpeed = 0.9 * biasSpeed - 2 * rate * 2;
          bias += biasSpeed;
          try (TFloat32 weightRateTensor = TFloat32.scalarOf((float) rate);
              TFloat32 biasRateTensor = TFloat32.scalarOf((float) (2 * rate))) {
            Session.Runner runner =
                session.runner().feed(weightRate, weightRateTensor).feed(biasRate, biasRateTensor);
            updates.forEach(update -> runner.addTarget(update.operation()));
            runner.run().close();
          }
          assertThat(value(session, variables, WEIGHT)).isCloseTo(weight, within(1e-6));
          assertThat(value(session, variables, BIAS)).isCloseTo(bias, within(1e-6));
        }
      }
    }
  }

  private static double value(Session session, Variables variables, Parameter parameter) {
    Operand<TFloat32> current = variables.named(parameter.name()).current();
    try (Result result = session.runner().fetch(current).run()) {
      return ((TFloat32) result.get(0)).getFloat(0);
    }
  }
}
