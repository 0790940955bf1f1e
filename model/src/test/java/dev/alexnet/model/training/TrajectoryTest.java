package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.MiniSession;
import dev.alexnet.model.training.step.TrainingSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The devices of the towers must not affect what they learn. */
@Tag("numbers")
class TrajectoryTest {
  private static final int BATCH = 32;
  private static final int STEPS = 12;
  private static final double ROUNDING = 1e-5;

  @TempDir Path directory;

  /** A training's losses, and the final value of each parameter. */
  private record TrainingSchedule(List<Double> losses, Map<String, float[]> values) {}

  private static TrainingSchedule course(Dataset data, String devices) {
    try (TrainingSession session = MiniSession.of(data, Placement.parse(devices, 2), BATCH)) {
      session.variables().initialize();
      session.seek(0);
      List<Double> losses = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        double rate = step < STEPS / 2 ? 0.01 : 0.001;
        losses.add(session.step(step, new LearningRates(rate, 2 * rate)).meanLoss());
      }
      Map<String, float[]> values = new LinkedHashMap<>();
      for (Parameter parameter : session.variables().parameters()) {
        values.put(parameter.name(), session.variables().value(parameter));
      }
      return new TrainingSchedule(losses, values);
    }
  }

  @Test
  void steps_onOneDeviceAndOnTwo_differByRoundingAlone() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, BATCH * STEPS);
    TrainingSchedule one = course(data, "cpu:0");
    TrainingSchedule two = course(data, "cpu:0,cpu:1");
    assertThat(one.losses().get(STEPS - 1)).isLessThan(one.losses().get(0));
    for (int step = 0; step < STEPS; step++) {
      double loss = one.losses().get(step);
      assertThat(two.losses().get(step))
          .as("loss of step " + step)
          .isCloseTo(loss, within(ROUNDING * loss));
    }
    assertThat(two.values().keySet()).isEqualTo(one.values().keySet()).hasSize(30);
    one.values()
        .forEach(
            (name, values) ->
                assertThat(distance(values, two.values().get(name))).as(name).isLessThan(ROUNDING));
  }

  private static double distance(float[] values, float[] others) {
    double squares = 0;
    double differences = 0;
    for (int i = 0; i < values.length; i++) {
      squares += (double) values[i] * values[i];
      differences += Math.pow((double) others[i] - values[i], 2);
    }
    return Math.sqrt(differences / squares);
  }
}
