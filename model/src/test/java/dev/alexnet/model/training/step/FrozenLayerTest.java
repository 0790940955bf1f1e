package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.FetchedValues;
import dev.alexnet.model.training.step.LearningRates.LayerRates;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A rate of 0 for a layer that has momentum. */
@Tag("numbers")
class FrozenLayerTest {
  private static final LearningRates ALL = new LearningRates(0.01, 0.02);
  private static final LearningRates WITHOUT_CONV1 =
      new LearningRates(0.01, 0.02, Map.of("conv1", new LayerRates(0, 0)));

  @Test
  void step_atARateOfZero_changesNeitherValueNorMomentum() {
    try (Graph graph = new Graph()) {
      Ops host = Placement.onHost(Ops.create(graph));
      TrainingGraph training =
          TrainingGraph.build(
              graph,
              SessionPlan.published(Presets.mini(), Execution.on(Placement.host(2)), 4),
              4,
              new TrainingGraph.Batch(
                  Collections.nCopies(
                      2,
                      host.random.statelessRandomNormal(
                          host.constant(new int[] {4, 48, 48, 3}),
                          host.constant(new long[] {1, 2}),
                          TFloat32.class)),
                  host.constant(new long[] {0, 1, 2, 3})),
              null);
      Map<String, Operand<TFloat32>> everything = everything(training);
      try (Session session = new Session(graph)) {
        session.runner().addTarget(training.initialize()).run().close();
        step(session, training, 0, ALL);
        Map<String, float[]> before = FetchedValues.of(session.runner(), everything);
        step(session, training, 1, WITHOUT_CONV1);
        step(session, training, 2, WITHOUT_CONV1);
        Map<String, float[]> after = FetchedValues.of(session.runner(), everything);
        assertThat(before.get("tower0/conv1/weights/momentum")).doesNotContain(0f);
        assertThat(after).hasSize(60);
        after.forEach(
            (name, values) -> {
              if (name.contains("/conv1/")) {
                assertThat(values).as(name).isEqualTo(before.get(name));
              } else {
                assertThat(values).as(name).isNotEqualTo(before.get(name));
              }
            });
      }
    }
  }

  private static Map<String, Operand<TFloat32>> everything(TrainingGraph training) {
    Map<String, Operand<TFloat32>> everything = new LinkedHashMap<>();
    for (Variables.Variable variable : training.variables().all()) {
      String name = variable.parameter().name();
      everything.put(name, variable.current());
      everything.put(
          name + "/momentum", variable.tf().readVariableOp(variable.momentum(), TFloat32.class));
    }
    return everything;
  }

  private static void step(
      Session session, TrainingGraph training, long step, LearningRates rates) {
    try (TInt64 stepTensor = TInt64.scalarOf(step);
        TFloat32 rateTensor = TFloat32.vectorOf(training.ratesOfUpdates(rates))) {
      training
          .withUpdates(session.runner(), rates)
          .feed(training.step(), stepTensor)
          .feed(training.rates(), rateTensor)
          .run()
          .close();
    }
  }
}
