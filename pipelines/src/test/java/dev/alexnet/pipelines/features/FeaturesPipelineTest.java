package dev.alexnet.pipelines.features;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetRows;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.numpy.NpyMatrixReader;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Example;

class FeaturesPipelineTest {
  private static final int IMAGES = 53;
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  /** The notices about damage from all runs. */
  private static final List<String> NOTICES = new ArrayList<>();

  @TempDir static Path directory;
  private static Dataset data;
  private static Location model;

  @BeforeAll
  static void write() {
    data = DatasetFixture.write(directory.resolve("data"), "train", 56, 4, IMAGES);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
  }

  private static FeaturesManifest run(
      Dataset dataset, Location of, String output, int batch, long maxRejected, String... formats) {
    return new FeaturesPipeline(ObjectStores.standard())
        .run(
            FeaturesSettings.builder()
                .set(FeaturesSettings.DATA, dataset.location())
                .set(FeaturesSettings.MODEL, of)
                .set(FeaturesSettings.OUTPUT, Location.of(directory.resolve(output)))
                .set(
                    FeaturesSettings.FORMAT,
                    Arrays.stream(formats)
                        .flatMap(format -> FeaturesSettings.FORMAT.parse(format).stream())
                        .toList())
                .set(InferenceSettings.BATCH, batch)
                .set(RejectedRecords.ALLOWED, maxRejected)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT,
            NOTICES::add);
  }

  private static List<float[]> matrix(String output, FeaturesManifest manifest) throws IOException {
    List<float[]> rows = new ArrayList<>();
    for (FeatureShard shard : manifest.shards()) {
      Path file = directory.resolve(output).resolve(shard.files().get(0).name());
      try (NpyMatrixReader reader = NpyMatrixReader.open(Files.newInputStream(file), file)) {
        float[] row = new float[reader.columns()];
        while (reader.read(row) > 0) {
          rows.add(row.clone());
        }
      }
    }
    return rows;
  }

  private static List<ImageRecord> records(Dataset dataset) {
    Collection<Long> all = LongStream.range(0, dataset.manifest().records()).boxed().toList();
    return List.copyOf(DatasetRows.read(dataset, all).values());
  }

  @Test
  void run_bothFormats_haveWhatThePredictorGivesInTheDatasetsOrder() throws IOException {
    FeaturesManifest manifest = run(data, model, "both", 7, 0, "tfrecord", "npy");

    assertThat(manifest.images()).isEqualTo(IMAGES);
    assertThat(manifest.undecodable()).isZero();
    assertThat(manifest.formats()).containsExactly("npy", "tfrecord");
    List<ImageRecord> records = records(data);
    List<float[]> rows = matrix("both", manifest);
    List<Example> examples = examples("both", manifest);
    assertThat(rows).hasSize(IMAGES);
    assertThat(examples).hasSize(IMAGES);
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      assertThat(manifest.values()).isEqualTo(predictor.featureCount());
      for (int i = 0; i < IMAGES; i++) {
        float[] expected = predictor.features(List.of(records.get(i).image()), 1)[0];
        assertThat(rows.get(i)).as("row " + i).containsExactly(expected, within());
        var features = examples.get(i).getFeatures().getFeatureMap();
        List<Float> ofExample = features.get("features").getFloatList().getValueList();
        assertThat(ofExample).hasSize(expected.length);
        for (int value = 0; value < expected.length; value++) {
          assertThat(ofExample.get(value)).isEqualTo(rows.get(i)[value]);
        }
        assertThat(features.get("label").getInt64List().getValueList())
            .containsExactly(records.get(i).label());
        assertThat(features.get("file_name").getBytesList().getValue(0).toStringUtf8())
            .isEqualTo(records.get(i).fileName());
      }
    }
    assertThat(lines("both"))
        .isEqualTo(
            records.stream()
                .map(record -> FeatureRow.written(record.fileName(), record.label()))
                .toList());
    assertThat(labels("both")).isEqualTo(records.stream().map(ImageRecord::label).toList());
    try (Stream<Path> files = Files.list(directory.resolve("both"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("features.json", "images.jsonl", "labels.npy")
          .doesNotContain(".features");
    }
  }

  /** Batches of other sizes may round otherwise. */
  private static org.assertj.core.data.Offset<Float> within() {
    return org.assertj.core.api.Assertions.within(1e-5f);
  }

  private static List<Example> examples(String output, FeaturesManifest manifest)
      throws IOException {
    List<Example> examples = new ArrayList<>();
    for (FeatureShard shard : manifest.shards()) {
      Path file = directory.resolve(output).resolve(shard.files().get(1).name());
      InputStream stream = Files.newInputStream(file);
      try (TfRecordReader reader = new TfRecordReader(stream, file.toString())) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          examples.add(Example.parseFrom(record));
        }
      }
    }
    return examples;
  }

  private static List<FeatureRow> lines(String output) throws IOException {
    Path file = directory.resolve(output).resolve("images.jsonl");
    return Files.readAllLines(file).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), FeatureRow.class, file))
        .toList();
  }

  private static List<Long> labels(String output) throws IOException {
    byte[] content = Files.readAllBytes(directory.resolve(output).resolve("labels.npy"));
    assertThat(new String(content, 0, 128, StandardCharsets.ISO_8859_1))
        .contains("'descr': '<i8'", "'shape': (53,)");
    List<Long> labels = new ArrayList<>();
    ByteBuffer buffer =
        ByteBuffer.wrap(content, 128, content.length - 128).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      labels.add(buffer.getLong());
    }
    return labels;
  }

  @Test
  void run_again_doesNothing() throws IOException {
    FeaturesManifest first = run(data, model, "again", 16, 0, "npy");
    Path shard = directory.resolve("again").resolve(first.shards().get(0).files().get(0).name());
    Files.setLastModifiedTime(shard, LONG_AGO);
    Files.delete(directory.resolve("again/.lock"));

    assertThat(run(data, model, "again", 64, 0, "npy")).isEqualTo(first);

    assertThat(Files.getLastModifiedTime(shard)).isEqualTo(LONG_AGO);
    // It needs no right to write.
    assertThat(directory.resolve("again/.lock")).doesNotExist();
  }

  @Test
  void run_againAfterFilesWereLostOrDamaged_writesThemAgainAndSaysWhich() throws IOException {
    FeaturesManifest first = run(data, model, "mended", 16, 0, "npy");
    for (String name :
        List.of(first.shards().get(1).files().get(0).name(), "images.jsonl", "labels.npy")) {
      Path file = directory.resolve("mended").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[whole.length - 9] ^= 1;
      Files.write(file, flipped);
      NOTICES.clear();

      assertThat(run(data, model, "mended", 16, 0, "npy")).isEqualTo(first);

      assertThat(file).hasBinaryContent(whole);
      assertThat(NOTICES).containsExactly("Rewriting missing or damaged files: " + name);
    }
  }

  @Test
  void run_afterAnInterruption_writesOnlyTheShardThatIsMissing() throws IOException {
    FeaturesManifest whole = run(data, model, "whole", 16, 0, "npy");
    Path output = Files.createDirectories(directory.resolve("killed"));
    Path source = directory.resolve("whole");
    // The state after an interruption before the last shard: files and entries of the others.
    Path parts = Files.createDirectories(output.resolve(".features"));
    FeatureShard done = whole.shards().get(0);
    String name = done.files().get(0).name();
    Files.copy(source.resolve(name), output.resolve(name));
    Files.setLastModifiedTime(output.resolve(name), LONG_AGO);
    List<String> rows = Files.readAllLines(source.resolve("images.jsonl"));
    Files.write(parts.resolve("rows-00000.jsonl"), rows.subList(0, (int) done.records()));
    String plan = FeaturesPipeline.plan(data, description(), settings("killed"));
    Files.write(parts.resolve("00000.json"), Json.document(new ShardFeatures.Finished(plan, done)));
    Path stale = Files.write(output.resolve("features-00007-of-00009.npy"), new byte[3]);

    assertThat(run(data, model, "killed", 16, 0, "npy")).isEqualTo(whole);

    assertThat(whole.shards()).hasSizeGreaterThan(1);
    assertThat(Files.getLastModifiedTime(output.resolve(name))).isEqualTo(LONG_AGO);
    assertThat(stale).doesNotExist();
    for (FeatureShard shard : whole.shards()) {
      String file = shard.files().get(0).name();
      assertThat(output.resolve(file)).hasSameBinaryContentAs(source.resolve(file));
    }
    assertThat(output.resolve("images.jsonl"))
        .hasSameBinaryContentAs(source.resolve("images.jsonl"));
  }

  private static dev.alexnet.model.prediction.ModelDescription description() {
    return Predictor.describe(ObjectStores.standard(), model);
  }

  private static FeaturesSettings settings(String output) {
    return FeaturesSettings.builder()
        .set(FeaturesSettings.DATA, data.location())
        .set(FeaturesSettings.MODEL, model)
        .set(FeaturesSettings.OUTPUT, Location.of(directory.resolve(output)))
        .set(InferenceSettings.BATCH, 16)
        .build();
  }

  @Test
  void run_intoFeaturesOfAnotherModel_isRefused() {
    run(data, model, "taken", 16, 0, "npy");
    Location other = ModelFixture.write(directory.resolve("other"), data, 2);

    assertThatFailure(() -> run(data, other, "taken", 16, 0, "npy"))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }

  @Test
  void run_imageThatDoesNotDecode_keepsItsRowWithoutFeatures() throws IOException {
    Dataset broken =
        DatasetFixture.writeWithBrokenImage(directory.resolve("broken"), "train", 56, 4, 20);

    assertThatFailure(() -> run(broken, model, "rejecting", 8, 0, "npy", "tfrecord"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("1 of 20 records cannot be decoded");
    FeaturesManifest manifest = run(broken, model, "rejecting", 8, 1, "npy", "tfrecord");

    assertThat(manifest.undecodable()).isEqualTo(1);
    List<float[]> rows = matrix("rejecting", manifest);
    List<FeatureRow> lines = lines("rejecting");
    assertThat(rows).hasSize(20);
    assertThat(lines).hasSize(20);
    for (int i = 0; i < 20; i++) {
      boolean written = lines.get(i).isWritten();
      assertThat(Float.isNaN(rows.get(i)[0])).isEqualTo(!written);
    }
    assertThat(lines.stream().filter(line -> !line.isWritten()))
        .singleElement()
        .satisfies(line -> assertThat(line.status()).startsWith("undecodable: "));
    assertThat(examples("rejecting", manifest)).hasSize(19);
  }

  @Test
  void open_featuresOfAnotherVersion_areRefusedInPlainWords() throws IOException {
    Path newer = Files.createDirectories(directory.resolve("newer"));
    Files.writeString(newer.resolve("features.json"), "{\"schema_version\": 4, \"rows\": 7}");

    assertThatFailure(() -> Features.open(ObjectStores.standard(), Location.of(newer)))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            newer
                + "/features.json was written by a newer version of this program: its"
                + " schema_version is 4; this program reads 3. Use the version that wrote it, or"
                + " write the features again, into another --output");
  }

  @Test
  void run_intoADatasetOrAModel_isRefusedAndLeavesItAlone() {
    for (String taken : List.of("data", "model")) {
      assertThatFailure(() -> run(data, model, taken, 16, 0, "tfrecord"))
          .isOfKind(Failure.Kind.OUTPUT_EXISTS)
          .hasMessageContaining("which is never overwritten; choose another --output");
      assertThat(directory.resolve(taken).resolve("images.jsonl")).doesNotExist();
    }
    Dataset.open(ObjectStores.standard(), data.location());
  }
}
