package dev.alexnet.tests.engine;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.augment.AugmentSettings;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.features.FeatureFormat;
import dev.alexnet.pipelines.features.FeaturesManifest;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.features.FeaturesSettings;
import dev.alexnet.pipelines.output.RejectedRecords;
import dev.alexnet.pipelines.score.Prediction;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import dev.alexnet.tests.FileHashes;
import dev.alexnet.tests.SmallArchives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Small archives in the official layout with two damaged pictures, and the pipelines' outputs from
 * them.
 */
public final class SampleJob {
  static final int PICTURES = 3 * 15;
  static final int REJECTED = 2;
  static final int SHARDS = 3;

  private final Path directory;
  private final int shards;

  private SampleJob(Path directory, int shards) {
    this.directory = directory;
    this.shards = shards;
  }

  static SampleJob draw(Path directory) throws IOException {
    return draw(directory, PICTURES / 3, SHARDS);
  }

  /**
   * @param perClass pictures of each of the three classes
   */
  static SampleJob draw(Path directory, int perClass, int shards) throws IOException {
    SmallArchives.draw(directory.resolve("archives"), perClass, List.of(5, 31));
    return in(directory, shards);
  }

  /** Without archives. */
  static SampleJob in(Path directory, int shards) {
    return new SampleJob(directory, shards);
  }

  static String shard(int index) {
    return "train-%05d-of-%05d.tfrecord".formatted(index, SHARDS);
  }

  private Location at(String name) {
    return Location.of(directory.resolve(name));
  }

  /** As the command line completes them. */
  private static PipelineOptions options(String... options) {
    return new RunnerOptions(List.of(options)).create();
  }

  ConvertResult convert(String output, long maxRejected, String... options) {
    return convert("archives", output, maxRejected, options);
  }

  ConvertResult convert(String input, String output, long maxRejected, String... options) {
    return new ConvertPipeline(ObjectStores.standard())
        .run(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, at(input))
                .set(ConvertSettings.OUTPUT, at(output))
                .set(ConvertSettings.CLASSES, "present")
                .set(ConvertSettings.SHARDS, shards)
                .set(ConvertSettings.SIZE, 56)
                .set(ConvertSettings.MAX_REJECTED, maxRejected)
                .build(),
            options(options),
            Progress.SILENT);
  }

  void augment(String data, String output, String... options) {
    new AugmentPipeline(ObjectStores.standard())
        .run(
            AugmentSettings.builder()
                .set(AugmentSettings.DATA, at(data))
                .set(AugmentSettings.OUTPUT, at(output))
                .set(AugmentSettings.COPIES, 2)
                .set(AugmentSettings.OPERATIONS, "random_crop(48) | flip | colour(0.1)")
                .build(),
            options(options),
            Progress.SILENT);
  }

  Scores score(Dataset data, Location model, String output, int batch, String... options) {
    return new ScorePipeline(ObjectStores.standard())
        .run(
            ScoreSettings.builder()
                .set(ScoreSettings.DATA, data.location())
                .set(ScoreSettings.MODEL, List.of(model))
                .set(ScoreSettings.OUTPUT, at(output))
                .set(InferenceSettings.BATCH, batch)
                .set(RejectedRecords.ALLOWED, 3L)
                .build(),
            options(options),
            Progress.SILENT);
  }

  FeaturesManifest features(Dataset data, Location model, String output, String... options) {
    return new FeaturesPipeline(ObjectStores.standard())
        .run(
            FeaturesSettings.builder()
                .set(FeaturesSettings.DATA, data.location())
                .set(FeaturesSettings.MODEL, model)
                .set(FeaturesSettings.OUTPUT, at(output))
                .set(FeaturesSettings.FORMAT, List.of(FeatureFormat.NPY, FeatureFormat.TFRECORD))
                .set(InferenceSettings.BATCH, 8)
                .set(RejectedRecords.ALLOWED, 3L)
                .build(),
            options(options),
            Progress.SILENT,
            notice -> {});
  }

  /** The rows of scores in the form of {@link PlainCounts#rows}. */
  List<String> rows(String scores) throws IOException {
    Path file = directory.resolve(scores).resolve(Scores.PREDICTIONS);
    return Files.readAllLines(file).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Prediction.class, file))
        .map(
            row ->
                row.status().equals("scored")
                    ? row.label()
                        + ": "
                        + row.top5().stream().map(String::valueOf).collect(Collectors.joining(" "))
                    : row.status().replaceFirst(":.*", ""))
        .toList();
  }

  Map<String, String> files(String output) throws IOException {
    return FileHashes.of(directory.resolve(output));
  }
}
