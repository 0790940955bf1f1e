package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import java.io.ByteArrayOutputStream;
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
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
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
  private static final int ROUNDS = 5;

  @TempDir private Path directory;

  @Test
  void convert_fourThousandPictures_isAtLeastHalfAsFastAsItsOperations() throws Exception {
    Path sample =
        Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/imagenet-sample");
    assumeTrue(Files.isDirectory(sample), "skipped: the real pictures are not here");
    List<byte[]> pictures = new ArrayList<>();
    Path archive = directory.resolve("train.tar");
    writeArchive(sample, archive, pictures);
    // A process's first run pays for loading and compiling Beam and TensorFlow: shown, not counted.
    double first = seconds(() -> convert(archive, pictures.size()));
    System.out.printf("first run of the process: %.0f images/s%n", pictures.size() / first);
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      // In turns, because the machine may be busy with other work.
      double bare = pictures.size() / seconds(() -> convertBare(pictures));
      double convert = pictures.size() / seconds(() -> convert(archive, pictures.size()));
      ratios[round] = convert / bare;
      System.out.printf(
          "round %d: convert %.0f images/s, bare operations %.0f images/s, ratio %.2f%n",
          round + 1, convert, bare, ratios[round]);
    }
    Arrays.sort(ratios);
    System.out.printf("median ratio %.2f%n", ratios[ROUNDS / 2]);
    assertThat(ratios[ROUNDS / 2]).isGreaterThanOrEqualTo(0.5);
  }

  /** A training archive with every picture {@link #COPIES} times, under names of its own. */
  private static void writeArchive(Path sample, Path archive, List<byte[]> pictures)
      throws IOException {
    try (TarArchiveOutputStream outer = new TarArchiveOutputStream(Files.newOutputStream(archive));
        Stream<Path> files = Files.walk(sample)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        String wnid = file.getParent().getFileName().toString();
        byte[] picture = Files.readAllBytes(file);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream inner = new TarArchiveOutputStream(bytes)) {
          for (int copy = 0; copy < COPIES; copy++) {
            append(inner, wnid + "_" + copy + ".JPEG", picture);
            pictures.add(picture);
          }
        }
        append(outer, wnid + ".tar", bytes.toByteArray());
      }
    }
  }

  private static void append(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private Void convert(Path input, int pictures) throws IOException {
    Path output = Files.createTempDirectory(directory, "output");
    ConvertSettings settings =
        new ConvertSettings(
            Location.of(input),
            Location.of(output),
            "train",
            "ilsvrc2012",
            null,
            "present",
            0,
            SIZE,
            QUALITY,
            "area",
            "tfds",
            1,
            0,
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

  private Void convertBare(List<byte[]> pictures) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> work = new ArrayList<>();
    try (PictureConverter converter = new PictureConverter(SIZE, QUALITY, ResizeMethod.AREA)) {
      for (int thread = 0; thread < THREADS; thread++) {
        work.add(
            threads.submit(
                () -> {
                  for (int i = next.getAndIncrement();
                      i < pictures.size();
                      i = next.getAndIncrement()) {
                    converter.convert(pictures.get(i));
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
