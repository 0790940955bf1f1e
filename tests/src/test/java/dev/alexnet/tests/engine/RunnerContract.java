package dev.alexnet.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.features.FeaturesManifest;
import dev.alexnet.pipelines.score.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every engine must do: write the bytes that the direct runner writes with one worker, and
 * count what a plain loop counts. A subclass names the engine, and runs in its own process.
 */
public abstract class RunnerContract {
  /** Not a multiple of the batch, nor of either shard. */
  private static final int IMAGES = 53;

  private static final int CLASSES = 7;

  @TempDir protected static Path directory;
  protected static SampleJob job;
  protected static Map<String, String> expectedDataset;

  /** Beam's options that name the engine, such as {@code --runner=FlinkRunner}. */
  protected abstract String[] engine();

  @BeforeAll
  static void convertOnTheDirectRunner() throws Exception {
    job = SampleJob.draw(directory);
    job.convert("expected", SampleJob.REJECTED, "--targetParallelism=1");
    expectedDataset = job.files("expected");
    assertThat(expectedDataset).containsKeys("dataset.json", "train-00000-of-00003.tfrecord");
  }

  @Test
  void convert_onThisEngine_writesTheBytesOfOneWorker() throws Exception {
    ConvertResult result = job.convert("converted", SampleJob.REJECTED, engine());

    assertThat(job.files("converted")).isEqualTo(expectedDataset);
    assertThat(result.rejected()).isEqualTo(SampleJob.REJECTED);
    assertThat(result.records()).isEqualTo(SampleJob.PICTURES - SampleJob.REJECTED);
  }

  @Test
  void convert_moreRejectedThanAllowed_failsAfterAllIsWritten() throws Exception {
    ConvertResult result = job.convert("strict", SampleJob.REJECTED - 1, engine());

    Failure failure = catchThrowableOfType(Failure.class, result::withinBudget);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.BAD_DATA);
    assertThat(job.files("strict")).isEqualTo(expectedDataset);
  }

  @Test
  void convert_ifNoPictureIsLeft_failsWithTheKindOfTheFunctionThatFailed() throws Exception {
    Path pictures = Files.createDirectories(directory.resolve("broken/cat"));
    Files.write(pictures.resolve("1.JPEG"), new byte[0]);

    Failure failure =
        catchThrowableOfType(Failure.class, () -> job.convert("broken", "nothing", 9, engine()));

    assertThat(failure).as("what the engine made of the failure").isNotNull();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.BAD_DATA);
    assertThat(directory.resolve("nothing/rejected.jsonl"))
        .content()
        .contains("\"image\":\"cat/1.JPEG\"", "\"reason\":\"EMPTY\"");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BAD_DATA",
        "INPUT_MISSING",
        "OUTPUT_EXISTS",
        "INPUT_OUTPUT",
        "INTERRUPTED",
        "REMOTE"
      })
  void await_functionThatFailsOnAWorker_keepsKindAndMessage(Failure.Kind kind) {
    PipelineRun run = new PipelineRun(PipelineOptionsFactory.fromArgs(engine()).create());
    Pipeline pipeline = run.pipeline("fail", Location.of(directory));
    pipeline.apply("Kind", Create.of(kind.name())).apply("Fail", ParDo.of(new FailingFn()));

    Failure failure =
        catchThrowableOfType(Failure.class, () -> run.await(pipeline, counters -> {}));

    assertThat(failure).as("what the engine made of the failure").isNotNull();
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessage(FailingFn.MESSAGE);
  }

  @Test
  void augment_onThisEngine_writesTheBytesOfOneWorker() throws Exception {
    job.augment("expected", "expected-augmented", "--targetParallelism=1");

    job.augment("expected", "augmented", engine());

    assertThat(job.files("augmented")).isEqualTo(job.files("expected-augmented"));
  }

  @Test
  void score_recordsThatCannotBeRead_countsWhatAPlainLoopCounts() throws Exception {
    Dataset damaged = writeDamaged("damaged");
    Location model = ModelFixture.write(directory.resolve("model"), damaged, 1);

    Scores scores = assertScoredAsAPlainLoop(damaged, model, 8);

    assertThat(scores.counts().undecodable()).isEqualTo(3);
    assertThat(scores.rates().top1Error()).isBetween(0.01, 0.99);
    assertThat(scores.counts().tied()).isZero();
  }

  @Test
  void features_recordsThatCannotBeRead_writesTheBytesOfOneWorker() throws Exception {
    Dataset damaged = writeDamaged("damaged-pictures");
    Location model = ModelFixture.write(directory.resolve("seeing"), damaged, 1);
    job.features(damaged, model, "expected-features", "--targetParallelism=1");

    FeaturesManifest manifest = job.features(damaged, model, "features", engine());

    assertThat(manifest.images()).isEqualTo(IMAGES);
    assertThat(manifest.undecodable()).isEqualTo(3);
    assertThat(job.files("features")).isEqualTo(job.files("expected-features"));
  }

  /**
   * A dataset with an entry that is not a record, a record of a class that does not exist, and one
   * without a picture.
   */
  private static Dataset writeDamaged(String name) {
    Dataset sound =
        DatasetFixture.write(directory.resolve(name), "validation", 56, CLASSES, IMAGES);
    return DatasetFixture.rewriteFirstShard(
        sound,
        List.of(
            new byte[] {1, 2, 3},
            record(sound, new byte[] {1}, CLASSES),
            record(sound, new byte[] {1, 2, 3}, 0)));
  }

  private static byte[] record(Dataset dataset, byte[] image, int label) {
    return dataset
        .manifest()
        .codec()
        .encode(new ImageRecord(image, label, "damaged.JPEG", "n%08d".formatted(label)));
  }

  @Test
  void score_classesThatTie_countsFractions() throws Exception {
    Dataset data =
        DatasetFixture.write(directory.resolve("tied-data"), "validation", 56, CLASSES, 29);
    Location model = ModelFixture.writeConstant(directory.resolve("tied-model"), data, 0.01f);

    Scores scores = assertScoredAsAPlainLoop(data, model, 16);

    assertThat(scores.counts().tied()).isEqualTo(29);
    assertThat(scores.rates().top1Error()).isCloseTo(6.0 / 7, within(1e-12));
    assertThat(scores.rates().top5Error()).isCloseTo(2.0 / 7, within(1e-12));
  }

  @Test
  void score_oneClass_findsNoError() throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("one-data"), "validation", 56, 1, 11);
    Location model = ModelFixture.write(directory.resolve("one-model"), data, 1);

    Scores scores = assertScoredAsAPlainLoop(data, model, 4);

    assertThat(scores.rates().top1Error()).isZero();
  }

  /** The totals equal those of the loop, and this engine's files those of the direct runner. */
  private Scores assertScoredAsAPlainLoop(Dataset data, Location model, int batch)
      throws Exception {
    String name = data.location().localPath().getFileName().toString();
    job.score(data, model, "expected-" + name, batch, "--targetParallelism=1");
    Scores scores = job.score(data, model, "scores-" + name, batch, engine());
    PlainCounts plain = PlainCounts.of(data, model);
    assertThat(scores.counts().images()).isEqualTo(plain.images());
    assertThat(scores.counts().scored()).isEqualTo(plain.scored());
    assertThat(scores.counts().undecodable()).isEqualTo(plain.undecodable());
    assertThat(scores.counts().tied()).isEqualTo(plain.tied());
    for (int guesses = 1; guesses <= 5; guesses++) {
      assertThat(scores.rates().errors().get(guesses - 1).error())
          .as("error within %d", guesses)
          .isCloseTo(plain.error(guesses), within(1e-12));
    }
    assertThat(job.rows("scores-" + name)).isEqualTo(plain.rows());
    assertThat(job.files("scores-" + name)).isEqualTo(job.files("expected-" + name));
    return scores;
  }
}
