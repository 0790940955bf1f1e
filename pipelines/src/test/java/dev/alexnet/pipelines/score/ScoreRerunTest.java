package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.WrittenOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scorings into a directory that holds scores, or that another run holds. */
class ScoreRerunTest extends ScoringTest {
  @Test
  void run_again_leavesTheScoresAlone() throws IOException {
    score(validation, "again", 16);
    Path file = directory.resolve("again/scores.json");
    var before = Files.getLastModifiedTime(file);
    score(validation, "again", 16);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @Test
  void run_againAfterRowsWereLostOrDamaged_scoresAgainAndSaysWhich() throws IOException {
    Scores first = score(validation, "mended", 16);
    Path rows = directory.resolve("mended/predictions.jsonl");
    byte[] whole = Files.readAllBytes(rows);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    for (byte[] damaged : List.of(new byte[0], Arrays.copyOf(whole, 100), flipped)) {
      Files.delete(rows);
      if (damaged.length > 0) {
        Files.write(rows, damaged);
      }
      assertThat(
              new ScorePipeline(ObjectStores.standard())
                  .isIntact(Location.of(directory.resolve("mended"))))
          .isFalse();

      Scores again = score(validation, "mended", 16);

      assertThat(rows).hasBinaryContent(whole);
      assertThat(again.warnings())
          .containsExactly("Rewriting missing or damaged files: predictions.jsonl");
      assertThat(score(validation, "mended", 16)).isEqualTo(first);
      assertThat(
              new ScorePipeline(ObjectStores.standard())
                  .isIntact(Location.of(directory.resolve("mended"))))
          .isTrue();
    }
  }

  @Test
  void run_intoScoresOfAnotherDataset_isRefused() {
    score(validation, "taken", 16);
    assertThatFailure(() -> score(data, "taken", 16))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("another dataset or model");
  }

  @Test
  void run_whileAnotherRunHoldsTheOutput_isRefused() {
    Location held = Location.of(directory.resolve("held"));

    assertThatThrownBy(
            () ->
                DirectoryLock.holding(
                    ObjectStores.standard(),
                    held,
                    notice -> {},
                    store -> score(validation, "held", 16)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Another run is working in " + held);
    assertThat(directory.resolve("held/scores.json")).doesNotExist();
  }

  @Test
  void isIntact_ofScores_verifiesEachFile() throws IOException {
    score(validation, "verified", 16);

    WrittenOutput.assertEachFileIsVerified(
        directory.resolve("verified"),
        Scores.FILE,
        new ScorePipeline(ObjectStores.standard())::isIntact);
  }
}
