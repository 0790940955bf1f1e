package dev.alexnet.pipelines.score;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of probabilities that earlier scores kept, against scores of predictions. */
class KeptProbabilitiesTest {
  private static final int IMAGES = 31;
  private static final int CLASSES = 7;

  @TempDir static Path directory;
  private static Dataset data;
  private static Location first;
  private static Location second;

  /** A record that is not one, and an image that cannot be decoded. */
  @BeforeAll
  static void write() {
    Dataset whole =
        DatasetFixture.write(directory.resolve("data"), "validation", 56, CLASSES, IMAGES);
    ImageRecord broken = new ImageRecord(new byte[] {1}, 2, "broken.JPEG", "n00000002");
    data =
        DatasetFixture.rewriteFirstShard(
            whole, List.of(new byte[] {1, 2, 3}, whole.manifest().codec().encode(broken)));
    first = ModelFixture.write(directory.resolve("first"), data, 1);
    second = ModelFixture.write(directory.resolve("second"), data, 2);
    score("kept-first", List.of(first), true);
    score("kept-second", List.of(second), true);
    score("kept-both", List.of(first, second), true);
  }

  private static SettingsBuilder<ScoreSettings> settings(String output, List<Location> models) {
    return ScoreSettings.builder()
        .set(ScoreSettings.DATA, data.location())
        .set(ScoreSettings.MODEL, models)
        .set(ScoreSettings.OUTPUT, at(output))
        .set(RejectedRecords.ALLOWED, 2L)
        .set(InferenceSettings.BATCH, 4);
  }

  private static Location at(String name) {
    return Location.of(directory.resolve(name));
  }

  private static Scores score(String output, List<Location> models, boolean keep) {
    return run(settings(output, models).set(ScoreSettings.KEEP_PROBABILITIES, keep));
  }

  private static Scores run(SettingsBuilder<ScoreSettings> settings) {
    return new ScorePipeline(ObjectStores.standard())
        .run(settings.build(), PipelineOptionsFactory.create(), Progress.SILENT);
  }

  @Test
  void keeping_writesAMatrixForEachShardWithARowForEachRecord() throws IOException {
    Scores scores = Scores.read(ObjectStores.standard(), at("kept-both").resolve(Scores.FILE));
    assertThat(scores.counts().undecodable()).isEqualTo(2);
    assertThat(scores.probabilities())
        .extracting(Shard::name)
        .containsExactly("probabilities-00000-of-00002.npy", "probabilities-00001-of-00002.npy");
    Shard file = scores.probabilities().get(1);
    byte[] bytes = Files.readAllBytes(directory.resolve("kept-both").resolve(file.name()));
    String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    assertThat(header)
        .startsWith(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 14), }"
                .formatted(file.records()));
    ByteBuffer values = ByteBuffer.wrap(bytes, 128, bytes.length - 128).slice();
    values.order(ByteOrder.LITTLE_ENDIAN);
    ImageRecord last = last(data.manifest().shards().get(1));
    int start = Math.toIntExact(file.records() - 1) * 14;
    try (Ensemble ensemble =
        Ensemble.load(
            ObjectStores.standard(), Ensemble.members(List.of(first, second), List.of()), 4)) {
      List<float[][]> each = ensemble.predictEach(List.of(last.image()), 1);
      for (int label = 0; label < CLASSES; label++) {
        for (int model = 0; model < 2; model++) {
          assertThat(values.getFloat(4 * (start + model * CLASSES + label)))
              .isCloseTo(each.get(model)[0][label], within(1e-6f));
        }
      }
    }
  }

  private static ImageRecord last(Shard shard) throws IOException {
    ImageRecord last = null;
    try (TfRecordReader reader = data.read(shard)) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        last = data.manifest().codec().decode(record, reader.where());
      }
    }
    return last;
  }

  @Test
  void run_ofKeptProbabilities_givesTheBytesOfADirectScoreWithoutPredicting() throws IOException {
    List<Location> models = List.of(second, first);
    List<Double> weights = List.of(3.0, 1.0);
    SettingsBuilder<ScoreSettings> direct =
        settings("direct", models)
            .set(ScoreSettings.WEIGHTS, weights)
            .set(ScoreSettings.KEEP_PROBABILITIES, true);
    run(direct);
    SettingsBuilder<ScoreSettings> found =
        settings("direct-found", models).set(ScoreSettings.FIND_WEIGHTS, true);
    run(found);
    Path savedModel = directory.resolve("first/saved_model.pb");
    byte[] model = Files.readAllBytes(savedModel);
    Files.write(savedModel, new byte[] {1});
    try {
      run(
          direct
              .set(ScoreSettings.OUTPUT, at("of-singles"))
              .set(ScoreSettings.PROBABILITIES, List.of(at("kept-first"), at("kept-second"))));
      run(
          direct
              .set(ScoreSettings.OUTPUT, at("of-both"))
              .set(ScoreSettings.PROBABILITIES, List.of(at("kept-both"))));
      run(
          found
              .set(ScoreSettings.OUTPUT, at("found"))
              .set(ScoreSettings.PROBABILITIES, List.of(at("kept-both"))));
    } finally {
      Files.write(savedModel, model);
    }
    for (String output : List.of("of-singles", "of-both")) {
      assertSameFiles(
          output,
          "direct",
          "scores.json",
          "predictions.jsonl",
          "probabilities-00000-of-00002.npy",
          "probabilities-00001-of-00002.npy");
    }
    assertSameFiles("found", "direct-found", "scores.json", "predictions.jsonl");
  }

  private static void assertSameFiles(String one, String other, String... names)
      throws IOException {
    for (String name : names) {
      assertThat(directory.resolve(one).resolve(name))
          .hasBinaryContent(Files.readAllBytes(directory.resolve(other).resolve(name)));
    }
  }

  private static void assertRefused(
      Failure.Kind kind, String message, SettingsBuilder<ScoreSettings> settings) {
    assertThatFailure(() -> run(settings)).isOfKind(kind).hasMessageContaining(message);
    assertThat(directory.resolve("refused/scores.json")).doesNotExist();
  }

  private static void copy(String from, String to) throws IOException {
    Files.createDirectory(directory.resolve(to));
    try (Stream<Path> files = Files.list(directory.resolve(from))) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(to).resolve(file.getFileName()));
      }
    }
  }

  private static SettingsBuilder<ScoreSettings> refused(List<Location> models, String kept) {
    return settings("refused", models).set(ScoreSettings.PROBABILITIES, List.of(at(kept)));
  }

  @Test
  void run_ofProbabilitiesThatDoNotFit_isRefused() {
    assertRefused(
        Failure.Kind.INPUT_MISSING,
        "There are no scores at " + at("nowhere"),
        refused(List.of(first), "nowhere"));
    score("plain", List.of(first), false);
    assertRefused(
        Failure.Kind.MISMATCH,
        "The scores at " + at("plain") + " kept no probabilities",
        refused(List.of(first), "plain"));
    assertRefused(
        Failure.Kind.MISMATCH,
        "The model " + first + " as it is now has no probabilities at " + at("kept-second"),
        refused(List.of(first, second), "kept-second"));
    assertRefused(
        Failure.Kind.MISMATCH,
        "were computed with --views 1 --batch 4 --devices auto, and these scores need --views 10"
            + " --batch 4 --devices auto",
        refused(List.of(first), "kept-first").set(InferenceSettings.VIEWS, 10));
    Dataset other =
        DatasetFixture.write(directory.resolve("other"), "validation", 56, CLASSES, IMAGES);
    assertRefused(
        Failure.Kind.MISMATCH,
        "which is not the dataset at " + other.location() + " as it is now",
        refused(List.of(first), "kept-first").set(ScoreSettings.DATA, other.location()));
    assertThatFailure(
            () ->
                refused(List.of(first), "kept-first")
                    .set(ScoreSettings.OUTPUT, at("kept-first"))
                    .build())
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("choose another output");
  }

  @Test
  void run_ofADamagedFile_isRefusedUntilItsScoresAreMended() throws IOException {
    copy("kept-first", "damaged");
    Path file = directory.resolve("damaged/probabilities-00001-of-00002.npy");
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[whole.length - 2] ^= 1;
    Files.write(file, flipped);
    assertRefused(
        Failure.Kind.BAD_DATA,
        "Files of probabilities at "
            + at("damaged")
            + " are missing or damaged: "
            + file.getFileName(),
        refused(List.of(first), "damaged"));
    Scores mended = score("damaged", List.of(first), true);
    assertThat(mended.warnings())
        .contains("Rewriting missing or damaged files: " + file.getFileName());
    assertThat(file).hasBinaryContent(whole);
  }

  @Test
  void open_ofAFileThatIsDamagedAfterTheCheck_failsOnceItIsRead() throws IOException {
    copy("kept-first", "late");
    ScoreSettings settings = refused(List.of(first), "late").build();
    KeptProbabilities kept =
        KeptProbabilities.of(
            ObjectStores.standard(),
            settings,
            data,
            Ensemble.describe(ObjectStores.standard(), settings.members()));
    kept.requireIntact();
    Path file = directory.resolve("late/probabilities-00000-of-00002.npy");
    byte[] flipped = Files.readAllBytes(file);
    flipped[flipped.length - 2] ^= 1;
    Files.write(file, flipped);
    try (MemberProbabilities.OfShard shard = kept.open(0)) {
      assertThatFailure(shard::finish)
          .isOfKind(Failure.Kind.BAD_DATA)
          .hasMessageContaining("is damaged: its CRC-32C does not match the one in scores.json");
    }
  }

  @Test
  void run_againToKeepProbabilities_isRefused() {
    score("plain", List.of(first), false);
    assertThatFailure(() -> score("plain", List.of(first), true))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageContaining("without --find-weights or --keep-probabilities");
  }
}
