package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate of {@code score} on the direct runner with two workers compared with the bare predictor
 * in two threads on the same images, and the cost of ten views. Both sides load the model in every
 * round, because a command has to; the bare side has the images in memory already, and writes
 * nothing. Both are measured alternately, and medians count, because a machine is never quite idle.
 *
 * <pre>mvn -pl tests -am test -Dtest=ScoreBenchmarkTest -Dgroups=benchmark \
 *     -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xmx3g -XX:TieredStopAtLevel=1"</pre>
 *
 * <p>Each test prints one line of JSON with its results. One alone is {@code
 * -Dtest=ScoreBenchmarkTest#score_published*}; with two cores it takes two minutes.
 */
@Tag("benchmark")
class ScoreBenchmarkTest {
  private static final int THREADS = 2;
  private static final int BATCH = 128;
  private static final int ROUNDS = 5;

  @TempDir private Path directory;

  @Test
  void score_published_isNearlyAsFastAsTheBarePredictor() throws Exception {
    assertThat(scoreAgainstBare("published", Presets.published(), 256, 512))
        .isGreaterThanOrEqualTo(0.85);
  }

  @Test
  void score_mini_isNearlyAsFastAsTheBarePredictor() throws Exception {
    assertThat(scoreAgainstBare("mini", Presets.mini(), 56, 20_000)).isGreaterThanOrEqualTo(0.85);
  }

  private double scoreAgainstBare(String name, AlexNetSpec spec, int size, int images)
      throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "validation", size, 10, images);
    Location model = ModelFixture.write(directory.resolve("model"), data, spec, 1);
    List<List<byte[]>> batches = batches(data, BATCH);
    score(data, model, images);
    predict(model, batches);
    double[] bare = new double[ROUNDS];
    double[] score = new double[ROUNDS];
    double[] loading = new double[ROUNDS];
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      loading[round] = seconds(() -> predict(model, List.of()));
      bare[round] = seconds(() -> predict(model, batches));
      score[round] = seconds(() -> score(data, model, images));
      ratios[round] = bare[round] / score[round];
    }
    Map<String, Object> result = new TreeMap<>();
    result.put("images", images);
    result.put("score_images_per_second", images / median(score));
    result.put("bare_images_per_second", images / median(bare));
    result.put("model_load_seconds", median(loading));
    result.put("score_seconds_by_round", rounded(score));
    result.put("bare_seconds_by_round", rounded(bare));
    result.put("score_to_bare", rounded(ratios));
    result.put("median", median(ratios));
    print("score against bare predictor, " + name, result);
    return median(ratios);
  }

  @Test
  void predict_tenViewsOfPublished_costsAtMostTenAndAHalfTimesOne() throws Exception {
    assertThat(tenViewsAgainstOne("published", Presets.published(), 256, 384, 48))
        .isLessThanOrEqualTo(10.5);
  }

  @Test
  void predict_tenViewsOfMini_costsAtMostTenAndAHalfTimesOne() throws Exception {
    assertThat(tenViewsAgainstOne("mini", Presets.mini(), 56, 10_000, 1_000))
        .isLessThanOrEqualTo(10.5);
  }

  private double tenViewsAgainstOne(String name, AlexNetSpec spec, int size, int one, int ten)
      throws Exception {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "validation", size, 10, one);
    Location model = ModelFixture.write(directory.resolve("model"), data, spec, 1);
    List<List<byte[]>> centres = batches(data, BATCH);
    List<List<byte[]>> tenths = batches(data, BATCH / 10).subList(0, ten / (BATCH / 10));
    int tenImages = tenths.stream().mapToInt(List::size).sum();
    double[] ratios = new double[ROUNDS];
    double[] ofOne = new double[ROUNDS];
    double[] ofTen = new double[ROUNDS];
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      predictor.predict(centres.get(0));
      predictor.predictTenViews(tenths.get(0));
      for (int round = 0; round < ROUNDS; round++) {
        ofOne[round] = seconds(() -> inThreads(centres, predictor::predict)) / one;
        ofTen[round] = seconds(() -> inThreads(tenths, predictor::predictTenViews)) / tenImages;
        ratios[round] = ofTen[round] / ofOne[round];
      }
    }
    Map<String, Object> result = new TreeMap<>();
    result.put("one_view_images", one);
    result.put("ten_view_images", tenImages);
    result.put("one_view_milliseconds", 1000 * median(ofOne));
    result.put("ten_views_milliseconds", 1000 * median(ofTen));
    result.put("ten_to_one", rounded(ratios));
    result.put("median", median(ratios));
    print("ten views against one, " + name, result);
    return median(ratios);
  }

  private static List<List<byte[]>> batches(Dataset data, int size) {
    List<byte[]> files = ImageRecords.of(data).stream().map(ImageRecord::image).toList();
    List<List<byte[]>> batches = new ArrayList<>();
    for (int start = 0; start < files.size(); start += size) {
      batches.add(List.copyOf(files.subList(start, Math.min(start + size, files.size()))));
    }
    return batches;
  }

  private Void score(Dataset data, Location model, int images) throws Exception {
    Path output = Files.createTempDirectory(directory, "scores");
    Scores scores =
        new ScorePipeline(ObjectStores.standard())
            .run(
                ScoreSettings.builder()
                    .set(ScoreSettings.DATA, data.location())
                    .set(ScoreSettings.MODEL, List.of(model))
                    .set(ScoreSettings.OUTPUT, Location.of(output))
                    .set(InferenceSettings.BATCH, BATCH)
                    .build(),
                PipelineOptionsFactory.fromArgs("--targetParallelism=" + THREADS).create(),
                Progress.SILENT);
    assertThat(scores.counts().scored()).isEqualTo(images);
    return null;
  }

  private static Void predict(Location model, List<List<byte[]>> batches) throws Exception {
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      return inThreads(batches, predictor::predict);
    }
  }

  private interface Prediction {
    float[][] of(List<byte[]> files);
  }

  private static Void inThreads(List<List<byte[]>> batches, Prediction prediction)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<float[][]>> work = new ArrayList<>();
      for (List<byte[]> batch : batches) {
        work.add(threads.submit(() -> prediction.of(batch)));
      }
      for (int i = 0; i < batches.size(); i++) {
        assertThat(work.get(i).get()).hasNumberOfRows(batches.get(i).size());
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

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static List<Double> rounded(double[] values) {
    return Arrays.stream(values).mapToObj(value -> Math.round(1000 * value) / 1000.0).toList();
  }

  private static void print(String what, Map<String, Object> result) {
    result.put("benchmark", what);
    result.put("threads", THREADS);
    result.put("batch", BATCH);
    result.put("load", String.format(Locale.ROOT, "%.1f", loadAverage()));
    System.out.println(Json.line(result));
  }

  /** The load of the machine: with nothing else running, about the number of threads. */
  private static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
