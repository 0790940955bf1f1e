package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    try (TrainingSession session =
        new TrainingSession(
            Presets.mini(), Placement.host(2), data, null, UpdateRule.PUBLISHED, 8, 1)) {
      long steps = session.stepsPerEpoch();
      assertThat(steps).isEqualTo(7);
      List<String> first = ids(session, 0, steps);
      List<String> second = ids(session, steps, 2 * steps);
      assertThat(first).hasSize(IMAGES).doesNotHaveDuplicates();
      assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
      assertThat(ids(session, 3, steps)).isEqualTo(first.subList(24, IMAGES));
    }
  }
}
