package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate of {@code score} on the direct runner with two workers against that of the bare
 * predictor in two threads over the same records, and what ten views cost. The network is the
 * published one, of random values.
 *
 * <pre>mvn -pl tests -am test -Dtest=ScoreBenchmarkTest -Dgroups=benchmark \
 *     -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Tag("benchmark")
class ScoreBenchmarkTest {
  private static final int THREADS = 2;
  private static final int IMAGES = 1536;
  private static final int BATCH = 128;
  private static final int ROUNDS = 5;

  @TempDir private Path directory;

  @Test
  void score_published_isNearlyAsFastAsTheBarePredictor() throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "validation", 256, 10, IMAGES);
    Location model = ModelFixture.write(directory.resolve("model"), data, Presets.published(), 1);
    List<List<byte[]>> batches = batches(data);
    score(data, model);
    double[] ratios = new double[ROUNDS];
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      predictor.predict(batches.get(0));
      for (int round = 0; round < ROUNDS; round++) {
        // In turns, because the machine may be busy with other work.
        double bare = IMAGES / seconds(() -> predict(predictor, batches));
        double score = IMAGES / seconds(() -> score(data, model));
        ratios[round] = score / bare;
        System.out.printf(
            "round %d: score %.1f images/s, bare predictor %.1f images/s, ratio %.2f%n",
            round + 1, score, bare, ratios[round]);
      }
    }
    Arrays.sort(ratios);
    System.out.printf("median ratio %.2f%n", ratios[ROUNDS / 2]);
    assertThat(ratios[ROUNDS / 2]).isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void predict_tenViews_costsAtMostTenAndAHalfTimesOne() throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "validation", 256, 10, 320);
    Location model = ModelFixture.write(directory.resolve("model"), data, Presets.published(), 1);
    List<byte[]> files = batches(data).stream().flatMap(List::stream).toList();
    double[] ratios = new double[ROUNDS];
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      predictor.predict(files.subList(0, BATCH));
      predictor.predictTenViews(files.subList(0, BATCH / 10));
      for (int round = 0; round < ROUNDS; round++) {
        double one = seconds(() -> predictInBatches(predictor, files, 1)) / files.size();
        List<byte[]> tenth = files.subList(0, files.size() / 5);
        double ten = seconds(() -> predictInBatches(predictor, tenth, 10)) / tenth.size();
        ratios[round] = ten / one;
        System.out.printf(
            "round %d: one view %.2f ms, ten views %.2f ms an image, ratio %.2f%n",
            round + 1, 1000 * one, 1000 * ten, ratios[round]);
      }
    }
    Arrays.sort(ratios);
    System.out.printf("median ratio %.2f%n", ratios[ROUNDS / 2]);
    assertThat(ratios[ROUNDS / 2]).isLessThanOrEqualTo(10.5);
  }

  private static List<List<byte[]>> batches(Dataset data) throws Exception {
    List<byte[]> files = new ArrayList<>();
    for (Shard shard : data.manifest().shards()) {
      try (TfRecordReader reader = data.read(shard)) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          files.add(data.manifest().codec().decode(record, reader.where()).image());
        }
      }
    }
    List<List<byte[]>> batches = new ArrayList<>();
    for (int start = 0; start < files.size(); start += BATCH) {
      batches.add(List.copyOf(files.subList(start, Math.min(start + BATCH, files.size()))));
    }
    return batches;
  }

  /** As many views at a time as {@code score} takes. */
  private static Void predictInBatches(Predictor predictor, List<byte[]> files, int views) {
    int batch = BATCH / views;
    for (int start = 0; start < files.size(); start += batch) {
      List<byte[]> part = files.subList(start, Math.min(start + batch, files.size()));
      float[][] unused = views == 1 ? predictor.predict(part) : predictor.predictTenViews(part);
      assertThat(unused).hasNumberOfRows(part.size());
    }
    return null;
  }

  private Void score(Dataset data, Location model) throws Exception {
    Path output = Files.createTempDirectory(directory, "scores");
    Scores scores =
        ScorePipeline.run(
            new ScoreSettings(
                data.location(), List.of(model), List.of(), Location.of(output), null, 1, BATCH, 0),
            PipelineOptionsFactory.fromArgs("--targetParallelism=" + THREADS).create(),
            Progress.SILENT);
    assertThat(scores.scored()).isEqualTo(IMAGES);
    return null;
  }

  private static Void predict(Predictor predictor, List<List<byte[]>> batches) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (List<byte[]> batch : batches) {
        work.add(threads.submit(() -> predictor.predict(batch)));
      }
      for (Future<?> part : work) {
        part.get();
      }
    } finally {
      threads.shutdown();
    }
    return null;
  }

  private static double seconds(Callable<Void> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e9;
  }
}
