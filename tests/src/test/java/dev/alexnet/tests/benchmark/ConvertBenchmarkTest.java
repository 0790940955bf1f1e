package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rate of {@code convert} on the direct runner with two workers against that of the bare image
 * operations in two threads, over the same 4,000 real pictures.
 *
 * <pre>mvn -pl tests -am test -Dtest=ConvertBenchmarkTest -Dgroups=benchmark \
 *     -Dsurefire.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Tag("benchmark")
class ConvertBenchmarkTest {
  private static final int COPIES = 8;
  private static final int THREADS = 2;
  private static final int SIZE = 256;
  private static final int QUALITY = 95;
  private static final int ROUNDS = 3;

  @TempDir private Path directory;

  @Test
  void convert_fourThousandPictures_isAtLeastHalfAsFastAsItsOperations() throws Exception {
    Path sample =
        Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/imagenet-sample");
    assumeTrue(Files.isDirectory(sample), "skipped: the real pictures are not here");
    Path input = Files.createDirectory(directory.resolve("input"));
    List<Path> pictures = linkCopies(sample, input);
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      // The first round pays for loading Beam and TensorFlow; the machine may be busy with other
      // work, so the two are measured in turns.
      double convert = pictures.size() / seconds(() -> convert(input, pictures.size()));
      double bare = pictures.size() / seconds(() -> convertBare(pictures));
      ratios[round] = convert / bare;
      System.out.printf(
          "round %d: convert %.0f images/s, bare operations %.0f images/s, ratio %.2f%n",
          round + 1, convert, bare, ratios[round]);
    }
    Arrays.sort(ratios);
    assertThat(ratios[ROUNDS / 2]).isGreaterThanOrEqualTo(0.5);
  }

  private static List<Path> linkCopies(Path sample, Path input) throws IOException {
    List<Path> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sample)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        Path folder = input.resolve(file.getParent().getFileName());
        Files.createDirectories(folder);
        for (int copy = 0; copy < COPIES; copy++) {
          Path link = folder.resolve(folder.getFileName() + "_" + copy + ".JPEG");
          pictures.add(Files.createSymbolicLink(link, file));
        }
      }
    }
    return pictures;
  }

  private Void convert(Path input, int pictures) throws IOException {
    Path output = Files.createTempDirectory(directory, "output");
    ConvertSettings settings =
        new ConvertSettings(
            Location.of(input),
            Location.of(output),
            "train",
            "folders",
            null,
            "all",
            0,
            SIZE,
            QUALITY,
            1,
            0,
            0);
    ConvertResult result =
        ConvertPipeline.run(
            settings,
            PipelineOptionsFactory.fromArgs("--targetParallelism=" + THREADS).create(),
            Progress.SILENT);
    assertThat(result.records()).isEqualTo(pictures);
    return null;
  }

  private Void convertBare(List<Path> pictures) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> work = new ArrayList<>();
    try (PictureConverter converter = new PictureConverter(SIZE, QUALITY)) {
      for (int thread = 0; thread < THREADS; thread++) {
        work.add(
            threads.submit(
                () -> {
                  for (int i = next.getAndIncrement();
                      i < pictures.size();
                      i = next.getAndIncrement()) {
                    converter.convert(Files.readAllBytes(pictures.get(i)));
                  }
                  return null;
                }));
      }
      for (Future<?> part : work) {
        part.get();
      }
    } finally {
      threads.shutdown();
    }
    return null;
  }

  private interface Work {
    Void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
