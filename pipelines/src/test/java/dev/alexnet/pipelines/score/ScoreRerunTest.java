package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.fixture.WrittenOutput;
import dev.alexnet.pipelines.inference.SharedEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
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
    Files.delete(directory.resolve("again/.lock"));
    score(validation, "again", 16);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    // It needs no right to write.
    assertThat(directory.resolve("again/.lock")).doesNotExist();
  }

  @Test
  void score_shardThatIsInTheLedger_isCountedFromItsRowsUnlessPlanOrFilesDiffer()
      throws IOException {
    for (long joinUpTo : new long[] {0, 1000}) {
      ScoreSettings settings = settings("resumed" + joinUpTo, joinUpTo);
      Path rows =
          Path.of(
              new RowFiles(ObjectStores.standard(), settings, validation.manifest())
                  .rows(0)
                  .value());
      Tally first = scored(settings, "plan");
      byte[] written = Files.readAllBytes(rows);
      FileTime past = FileTime.fromMillis(1_000_000);
      Files.setLastModifiedTime(rows, past);

      assertThat(scored(settings, "plan")).isEqualTo(first);
      assertThat(Files.getLastModifiedTime(rows)).isEqualTo(past);

      scored(settings, "another plan");
      assertThat(Files.getLastModifiedTime(rows)).isNotEqualTo(past);

      byte[] flipped = written.clone();
      flipped[flipped.length / 2] ^= 1;
      Files.write(rows, flipped);
      assertThat(scored(settings, "another plan")).isEqualTo(first);
      assertThat(rows).hasBinaryContent(written);
    }
  }

  private static ScoreSettings settings(String output, long joinUpTo) {
    return ScoreSettings.builder()
        .set(ScoreSettings.DATA, validation.location())
        .set(ScoreSettings.MODEL, List.of(training.model()))
        .set(ScoreSettings.OUTPUT, Location.of(directory.resolve(output)))
        .set(ScoreSettings.JOIN_UP_TO, joinUpTo)
        .set(InferenceSettings.BATCH, 16)
        .build();
  }

  private static Tally scored(ScoreSettings settings, String plan) {
    ObjectStore store = ObjectStores.standard();
    try (SharedEnsemble shared =
        SharedEnsemble.acquire(store, settings.members(), settings.devices(), 16)) {
      long[] images = {0};
      Labels labels = validation.manifest().labels();
      Grader grader = new Grader(labels, labels, null);
      Tally tally =
          new ShardScorer(
                  store,
                  MemberProbabilities.computedBy(shared.ensemble(), 1),
                  grader,
                  settings,
                  done -> images[0] += done)
              .score(plan, validation, 0);
      assertThat(images[0]).isEqualTo(tally.images());
      return tally;
    }
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
