package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.fixture.Archives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of whole conversions share: an input, an output, and settings for them. */
abstract class ConversionTest {
  static final int SIZE = 32;

  final ObjectStore store = ObjectStores.standard();
  @TempDir Path directory;
  Path input;
  Path output;

  /** When a shard has failed, the workers of others still write for a moment. */
  @AfterEach
  void awaitWorkers() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("direct-runner-worker")) {
        thread.join(TimeUnit.SECONDS.toMillis(30));
      }
    }
  }

  @BeforeEach
  void setUp() throws IOException {
    input = Files.createDirectory(directory.resolve("input"));
    output = directory.resolve("output");
  }

  ConvertSettings settings(String split, int shards, long seed, long limit, long rejected) {
    return settings(split, shards, seed, 0, limit, rejected);
  }

  ConvertSettings settings(
      String split, int shards, long seed, long perClass, long limit, long rejected) {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, Location.of(input))
        .set(ConvertSettings.OUTPUT, Location.of(output))
        .set(ConvertSettings.SPLIT, ConvertSettings.SPLIT.parse(split))
        .set(ConvertSettings.SHARDS, shards)
        .set(ConvertSettings.SIZE, SIZE)
        .set(ConvertSettings.SEED, seed)
        .set(ConvertSettings.PER_CLASS, perClass)
        .set(ConvertSettings.LIMIT, limit)
        .set(ConvertSettings.MAX_REJECTED, rejected)
        .build();
  }

  static ConvertResult run(ConvertSettings settings, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--enforceImmutability=true",
            "--enforceEncodability=true",
            "--stableUniqueNames=ERROR"));
    return new ConvertPipeline(ObjectStores.standard())
        .run(
            settings,
            PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create(),
            Progress.SILENT);
  }

  /** Runs the pipeline of a template, with settings as flags. */
  static void launch(String... flags) {
    new ConvertPipeline(ObjectStores.standard())
        .launch(
            ConvertSettings.DEFINITION.parse(List.of(flags), new ArrayList<>()),
            new PipelineRun(PipelineOptionsFactory.fromArgs("--blockOnRun=true").create()),
            Progress.SILENT);
  }

  static void assertResult(
      ConvertResult result,
      long records,
      long rejected,
      int shards,
      int skippedShards,
      boolean alreadyComplete,
      int classes) {
    assertThat(result)
        .extracting(
            ConvertResult::records,
            ConvertResult::rejected,
            ConvertResult::shards,
            ConvertResult::skippedShards,
            ConvertResult::alreadyComplete,
            ConvertResult::classes)
        .containsExactly(records, rejected, shards, skippedShards, alreadyComplete, classes);
  }

  static Failure failureOf(ConvertSettings settings) {
    return catchThrowableOfType(Failure.class, () -> run(settings).withinBudget());
  }

  List<ImageRecord> records() {
    return ImageRecords.of(Dataset.open(store, Location.of(output)));
  }

  List<Rejection> rejections() throws IOException {
    return Files.readAllLines(output.resolve("rejected.jsonl")).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Rejection.class, line))
        .toList();
  }

  /**
   * Converts folders of classes, as a run that nothing interrupts.
   *
   * @param pictures of each class
   * @return what the dataset holds
   */
  Map<String, String> converted(int pictures, int shards) throws IOException {
    Archives.writeFolders(input, Archives.pictures(pictures));
    run(settings("train", shards, 7, 0, 0));
    return contentOf(output);
  }

  /** Name and content of every file under a directory. */
  static Map<String, String> contentOf(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String content = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        files.put(root.relativize(path).toString(), content);
      }
    }
    return files;
  }
}
