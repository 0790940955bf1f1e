package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochOrderTest {
  private static final int IMAGES = 50;

  @TempDir Path directory;

  private static List<String> ids(TrainingSession session, long from, long to) {
    List<String> ids = new ArrayList<>();
    session.seek(from);
    for (long step = from; step < to; step++) {
      ids.addAll(session.nextImageIds());
    }
    return ids;
  }

  @Test
  void seek_toAnyStep_showsEveryImageOnceAnEpochInOneOrder() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, IMAGES);
    try (TrainingSession session = MiniSession.of(data, Placement.host(2), 8)) {
      long steps = session.stepsPerEpoch();
      assertThat(steps).isEqualTo(7);
      List<String> first = ids(session, 0, steps);
      List<String> second = ids(session, steps, 2 * steps);
      assertThat(first).hasSize(IMAGES).doesNotHaveDuplicates();
      assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
      for (int step = 1; step < steps; step++) {
        assertThat(ids(session, step, steps)).isEqualTo(first.subList(8 * step, IMAGES));
      }
    }
  }

  @Test
  void seek_toAnEpochWithoutColourNoise_changesTheImagesFromThereOn() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, IMAGES);
    List<Double> disturbed = losses(data, step -> true);
    List<Double> clean = losses(data, step -> false);
    List<Double> switched = losses(data, step -> step < 7);
    assertThat(disturbed).doesNotContainAnyElementsOf(clean).doesNotHaveDuplicates();
    assertThat(switched.subList(0, 3)).isEqualTo(disturbed.subList(0, 3));
    assertThat(switched.subList(3, 6)).isEqualTo(clean.subList(3, 6));
  }

  /**
   * The losses of steps of the first and the second epoch, at rates of 0, so that nothing else
   * changes.
   */
  private static List<Double> losses(Dataset data, LongPredicate addsPcaNoise) {
    try (TrainingSession session = MiniSession.of(data, Placement.host(2), 8, addsPcaNoise)) {
      session.variables().initialize();
      List<Double> losses = new ArrayList<>();
      for (long step : new long[] {0, 1, 6, 7, 8, 13}) {
        session.seek(step);
        losses.add(session.step(step, new LearningRates(0, 0)).meanLoss());
      }
      return losses;
    }
  }
}
