package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.model.trace.Kernel;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.training.benchmark.BenchmarkSession;
import dev.alexnet.model.training.benchmark.BenchmarkSettings;
import dev.alexnet.model.training.benchmark.TrainingBenchmark;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.tests.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training steps of the published network: compared with Python TensorFlow, in bfloat16 and
 * float32, with real and synthetic input; and the input alone. Compared rates are measured
 * alternately. Each benchmark also prints its result as a line of JSON and adds it to {@code
 * tests/target/benchmarks.jsonl}. Another machine needs other bounds; batch and devices are set by
 * {@code -Dalexnet.benchmark.batch} and {@code -Dalexnet.benchmark.devices}.
 *
 * <pre>mvn -pl tests -am test -Dtest=TrainingBenchmarkTest -Dgroups=benchmark \
 *     -Dalexnet.data=DIR -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsurefire.argLine="-Xmx2g -Dalexnet.python=/usr/bin/python3"</pre>
 */
@Tag("benchmark")
class TrainingBenchmarkTest {
  private static final String PRESET = "published";
  private static final int BATCH = Integer.getInteger("alexnet.benchmark.batch", 128);
  private static final String DEVICES =
      System.getProperty("alexnet.benchmark.devices", "cpu:0,cpu:1");
  private static final int STEPS = 5;
  private static final int COPIES = 8;

  private final ObjectStore store = ObjectStores.standard();

  @TempDir private Path directory;

  private BenchmarkSession benchmark(String precision, Location data) {
    return new TrainingBenchmark(store)
        .open(
            BenchmarkSettings.builder()
                .set(NetworkSettings.PRESET, PRESET)
                .set(NetworkSettings.BATCH, BATCH)
                .set(NetworkSettings.PRECISION, NetworkSettings.PRECISION.parse(precision))
                .set(NetworkSettings.DEVICES, DEVICES)
                .set(BenchmarkSettings.STEPS, STEPS)
                .set(BenchmarkSettings.DATA, data)
                .build(),
            System.err::println);
  }

  @Test
  void step_inFloat32_isAtLeastAsFastAsInPythonTensorFlow() throws IOException {
    List<Double> ratios = new ArrayList<>();
    try (PythonPeer peer = PythonPeer.start(BATCH, 2);
        BenchmarkSession ours = benchmark("fp32", null)) {
      for (int step = 0; step < STEPS; step++) {
        ratios.add(ratio("Python TensorFlow", peer.step(), "ours", ours.step()));
      }
      write(ours);
    }
    assertThat(median(ratios)).isGreaterThanOrEqualTo(1.0);
  }

  @Test
  void step_inBfloat16_takesAtMostFiveSeventhsOfTheTimeOfFloat32() throws IOException {
    List<Double> ratios = new ArrayList<>();
    try (BenchmarkSession exact = benchmark("fp32", null);
        BenchmarkSession shortened = benchmark("bf16", null)) {
      for (int step = 0; step < STEPS; step++) {
        ratios.add(ratio("fp32", exact.step(), "bf16", shortened.step()));
      }
      write(exact);
      write(shortened);
    }
    assertThat(median(ratios)).isGreaterThanOrEqualTo(1.4);
  }

  @Test
  @RealData.Needed
  void step_onRealInput_isNearlyAsFastAsOnSynthetic() throws IOException {
    List<Double> ratios = new ArrayList<>();
    try (BenchmarkSession synthetic = benchmark("fp32", null);
        BenchmarkSession real = benchmark("fp32", pictures())) {
      for (int step = 0; step < STEPS; step++) {
        ratios.add(ratio("synthetic", synthetic.step(), "real", real.step()));
      }
      write(real);
    }
    assertThat(median(ratios)).isGreaterThanOrEqualTo(0.95);
  }

  /** Makes batches from records: crops, mirrored, with colour noise and without the mean. */
  @Test
  @RealData.Needed
  void input_alone_givesFifteenHundredImagesACore() throws IOException {
    List<Double> rates = new ArrayList<>();
    try (BenchmarkSession input = benchmark("fp32", pictures())) {
      for (int round = 0; round < STEPS; round++) {
        double seconds = seconds(input, 10);
        rates.add(10 * BATCH / seconds / Runtime.getRuntime().availableProcessors());
        System.out.printf(Locale.ROOT, "%.0f images/s a core%n", rates.get(round));
      }
    }
    assertThat(median(rates)).isGreaterThanOrEqualTo(1500);
  }

  @Test
  void kernels_ofTheTowers_takeTheSameTimeWithinFifteenPercent() {
    List<Double> ratios = new ArrayList<>();
    try (BenchmarkSession benchmark = benchmark("fp32", null)) {
      for (int step = 0; step < STEPS; step++) {
        StepTrace trace = benchmark.trace();
        assertThat(trace.bytesBetweenTowers())
            .isEqualTo(NetworkProfile.of(Presets.named(PRESET), 1000).crossingBytes(BATCH));
        ratios.add(ratio("tower 1", seconds(trace, 1), "tower 0", seconds(trace, 0)));
      }
    }
    assertThat(median(ratios)).isBetween(0.85, 1.15);
  }

  /** The time of a tower's forward and backward kernels, on any device. */
  private static double seconds(StepTrace trace, int tower) {
    return trace.kernels().stream()
            .filter(kernel -> kernel.node().startsWith("tower" + tower + "/"))
            .filter(kernel -> kernel.pass() != Kernel.Pass.OTHER)
            .mapToLong(Kernel::nanos)
            .sum()
        / 1e9;
  }

  private static double seconds(BenchmarkSession input, int batches) {
    double seconds = 0;
    for (int batch = 0; batch < batches; batch++) {
      seconds += input.readBatch();
    }
    return seconds;
  }

  private static double ratio(String base, double baseSeconds, String name, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%s %.3f s, %s %.3f s, ratio %.3f%n",
        base,
        baseSeconds,
        name,
        seconds,
        baseSeconds / seconds);
    return baseSeconds / seconds;
  }

  private static double median(List<Double> values) {
    double median = values.stream().sorted().toList().get(values.size() / 2);
    System.out.printf(Locale.ROOT, "median %.3f%n", median);
    return median;
  }

  private static void write(BenchmarkSession benchmark) throws IOException {
    benchmark.peakGigaflops();
    String line = Json.line(benchmark.result());
    System.out.println(line);
    Path file = Repository.root().resolve("tests/target/benchmarks.jsonl");
    Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Real pictures of 256 × 256, each several times, so that an epoch has many batches. */
  private Location pictures() throws IOException {
    Path sample = RealData.folder("imagenet-sample");
    Path copies = directory.resolve("pictures");
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        Path folder = copies.resolve(file.getParent().getFileName());
        Files.createDirectories(folder);
        for (int copy = 0; copy < COPIES; copy++) {
          Files.copy(file, folder.resolve(copy + "_" + file.getFileName()));
        }
      }
    }
    Location dataset = Location.of(directory.resolve("dataset"));
    new ConvertPipeline(ObjectStores.standard())
        .run(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, Location.of(copies))
                .set(ConvertSettings.OUTPUT, dataset)
                .set(ConvertSettings.LAYOUT, InputLayout.FOLDERS)
                .set(ConvertSettings.CLASSES, "present")
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
    return dataset;
  }
}
