package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trainings that are made anew in a bucket, on a disk that has files of the former one. */
@Tag("long")
class ReplacedTrainingTest extends PublishedTraining {

  /** As by {@code --redo}, or by hand: what is on this disk is of the training that is gone. */
  @Test
  void train_deletedInTheBucket_doesNotContinueWhatThisDiskHas() throws IOException {
    Map<String, String> expected = results(localReference());
    run(in(workdir, "machine", "auto", 0.02, ""));
    bucket.deleteDirectory(workdir);

    TrainingResult result = run(on("machine"));

    assertThat(result.resumedAt()).isZero();
    assertThat(results(inBucket)).isEqualTo(expected);
    assertThat(work.resolve("machine/events")).isDirectoryContaining(path -> true);
    assertThat(notices)
        .contains(
            "Deleting what an earlier training in %s left in %s, because it was deleted or replaced there"
                .formatted(workdir, work.resolve("machine")));
  }

  @Test
  void train_replacedByAnotherMachine_doesNotContinueWhatThisDiskHas() throws IOException {
    killAt(33, in(workdir, "machine", "auto", 0.02, ""));
    killAt(13, in(workdir, "other", "never"));

    TrainingResult result = run(on("machine"));

    assertThat(result.resumedAt()).isPositive().isLessThan(13);
    assertThat(results(inBucket)).isEqualTo(results(localReference()));
  }
}
