package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.GoldenDraws;
import dev.alexnet.model.network.GoldenNumbers;
import dev.alexnet.model.network.Mode;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.network.graph.Network;
import dev.alexnet.model.testing.CheckedExecution;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
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
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Ten steps of the preset {@code mini} on two devices, with a drop of the rates after the fifth and
 * a frozen layer, against Python TensorFlow 2.21 in double precision: {@code
 * src/test/python/training_golden.py}. Dropout is left out, because its draws are our own.
 */
@Tag("numbers")
class TenStepsTest {
  private static final int CLASSES = 10;

  /**
   * The relative tolerance of a loss, and of the change of a parameter, which is a small part of
   * its value.
   */
  private static final double TOLERANCE = 1e-4;

  /** Larger values would be too coarse compared with their changes; see the script. */
  private static final double BIASES = 0.1;

  @Test
  void update_tenTimes_movesEveryParameterAsPythonTensorFlowDoes() throws IOException {
    JsonNode golden = GoldenNumbers.read(TenStepsTest.class, "mini_training_golden.json");
    GoldenDraws draws = new GoldenDraws(golden.get("seed").asLong());
    AlexNetSpec spec = Presets.mini().withoutDropout();
    try (Graph graph = new Graph()) {
      Ops host = Placement.onHost(Ops.create(graph));
      Shape shape = Shape.of(2, spec.inputSize(), spec.inputSize(), 3);
      TrainingGraph training =
          TrainingGraph.build(
              graph,
              SessionPlan.published(
                  spec, CheckedExecution.of(spec, CLASSES, Placement.parse("cpu:0,cpu:1", 2)), 2),
              CLASSES,
              new TrainingGraph.Batch(
                  Collections.nCopies(
                      2, host.constant(shape, DataBuffers.of(draws.uniform(shape.size(), 100, 0)))),
                  host.constant(new long[] {3, 1})),
              null);
      ConfigProto cpus = ConfigProto.newBuilder().putDeviceCount("CPU", 2).build();
      try (Session session = new Session(graph, cpus)) {
        Map<Parameter, float[]> start = start(session, training, parameters(spec), draws);
        for (int step = 0; step < 10; step++) {
          double rate = step < 5 ? 0.001 : 0.0001;
          double expected = golden.get("losses").get(step).asDouble();
          assertThat(loss(session, training, step, rates(rate)))
              .as("loss of step " + step)
              .isCloseTo(expected, within(TOLERANCE * expected));
        }
        assertThat(start).hasSize(golden.get("moved").size());
        start.forEach(
            (parameter, values) -> {
              float[] moved = value(session, training, parameter);
              for (int i = 0; i < moved.length; i++) {
                moved[i] -= values[i];
              }
              JsonNode expected = golden.get("moved").get(parameter.name());
              assertThat(expected.get("norm").asDouble() == 0)
                  .as(parameter.name())
                  .isEqualTo(parameter.layer().equals("conv2"));
              GoldenNumbers.assertAgrees(parameter.name(), moved, expected, draws, TOLERANCE);
            });
      }
    }
  }

  /** Gives each parameter the values of the script, and no momentum. */
  private static Map<Parameter, float[]> start(
      Session session, TrainingGraph training, List<Parameter> parameters, GoldenDraws draws) {
    session.runner().addTarget(training.initialize()).run().close();
    Map<Parameter, float[]> start = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      Variables.Variable variable = training.variables().named(parameter.name());
      float[] values = draws.values(parameter, BIASES, 1 + start.size());
      Ops scope = variable.tf().withSubScope("golden");
      Operand<TFloat32> value = scope.constant(parameter.shape(), DataBuffers.of(values));
      session.runner().addTarget(scope.assignVariableOp(variable.value(), value)).run().close();
      start.put(parameter, values);
    }
    return start;
  }

  /** In the order in which the script draws them. */
  private static List<Parameter> parameters(AlexNetSpec spec) {
    try (Graph graph = new Graph()) {
      return Network.of(
              Ops.create(graph),
              spec,
              CLASSES,
              Execution.on(Placement.host(2)),
              (tf, parameter) -> tf.constant(0f),
              new Mode.Inference())
          .parameters();
    }
  }

  /** A rate of 0 freezes. */
  private static LearningRates rates(double weights) {
    return new LearningRates(
        weights, 2 * weights, Map.of("conv2", new LearningRates.LayerRates(0, 0)));
  }

  private static double loss(
      Session session, TrainingGraph training, long step, LearningRates rates) {
    try (TInt64 stepTensor = TInt64.scalarOf(step);
        TFloat32 rateTensor = TFloat32.vectorOf(training.ratesOfUpdates(rates));
        Result result =
            training
                .withUpdates(session.runner(), rates)
                .feed(training.step(), stepTensor)
                .feed(training.rates(), rateTensor)
                .fetch(training.loss().meanLoss())
                .run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  private static float[] value(Session session, TrainingGraph training, Parameter parameter) {
    try (Result result =
        session.runner().fetch(training.variables().named(parameter.name()).current()).run()) {
      float[] values = new float[Math.toIntExact(parameter.size())];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }
}
