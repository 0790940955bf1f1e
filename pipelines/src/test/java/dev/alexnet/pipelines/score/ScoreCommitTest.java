package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.fixture.DataAndModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommitTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir private Path directory;

  @Test
  void commit_repeated_leavesTheScoresAsTheyAre() throws IOException {
    DataAndModel scored = DataAndModel.write(directory, "validation", 3);
    Path output = directory.resolve("scores");
    ScoreSettings settings =
        ScoreSettings.builder()
            .set(ScoreSettings.DATA, scored.data().location())
            .set(ScoreSettings.MODEL, List.of(scored.model()))
            .set(ScoreSettings.OUTPUT, Location.of(output))
            .set(InferenceSettings.BATCH, 16)
            .build();
    Scores scores =
        new ScorePipeline(STORE).run(settings, PipelineOptionsFactory.create(), Progress.SILENT);
    byte[] written = Files.readAllBytes(output.resolve(Scores.FILE));
    byte[] rows = Files.readAllBytes(output.resolve(Scores.PREDICTIONS));
    // As after a worker that was lost before it reported that it had finished.
    Path left = Files.createDirectories(output.resolve(".score"));
    Tally tally = new Tally(settings.guesses());
    Predictions.read(
        STORE, Location.of(output), scores, (row, prediction, where) -> tally.add(prediction));

    new ScoreCommit(STORE, settings, "").commit(List.of(new ScoredShard(0, tally)));

    assertThat(output.resolve(Scores.FILE)).hasBinaryContent(written);
    assertThat(output.resolve(Scores.PREDICTIONS)).hasBinaryContent(rows);
    assertThat(left).doesNotExist();
  }

  @Test
  void commit_ofWorkersThatReplacedOperations_keepsEachSentenceOnce() {
    DataAndModel scored = DataAndModel.write(directory, "validation", 3);
    Location output = Location.of(directory.resolve("scores"));
    ScoreSettings settings =
        ScoreSettings.builder()
            .set(ScoreSettings.DATA, scored.data().location())
            .set(ScoreSettings.MODEL, List.of(scored.model()))
            .set(ScoreSettings.OUTPUT, output)
            .set(InferenceSettings.BATCH, 16)
            .build();
    List<ScoredShard> shards = new ArrayList<>();
    for (List<String> reasons : List.of(List.of("b", "a"), List.<String>of(), List.of("b"))) {
      Tally tally = new Tally(settings.guesses());
      tally.addReplaced(reasons);
      shards.add(new ScoredShard(shards.size(), tally));
    }
    RowFiles files = new RowFiles(STORE, settings, scored.data().manifest());
    for (int shard = 0; shard < files.shards(); shard++) {
      STORE.write(files.rows(shard), new byte[0]);
    }

    new ScoreCommit(STORE, settings, "").commit(shards);

    assertThat(Scores.read(STORE, output.resolve(Scores.FILE)).replacedOperations())
        .containsExactly("a", "b");
  }

  @Test
  void commit_oneClass_warnsThatErrorsSayNothing() {
    DataAndModel scored = DataAndModel.write(directory, "validation", 1);
    ScoreSettings settings =
        ScoreSettings.builder()
            .set(ScoreSettings.DATA, scored.data().location())
            .set(ScoreSettings.MODEL, List.of(scored.model()))
            .set(ScoreSettings.OUTPUT, Location.of(directory.resolve("scores-of-one")))
            .set(InferenceSettings.BATCH, 16)
            .build();

    Scores scores =
        new ScorePipeline(STORE).run(settings, PipelineOptionsFactory.create(), Progress.SILENT);

    assertThat(scores.rates().top1Error()).isZero();
    assertThat(scores.warnings())
        .containsExactly(
            "The dataset and the model have one class, so every guess is right, and the errors say"
                + " nothing. If there should be more classes, check what was converted and trained");
  }
}
