package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.infra.json.Json;
import dev.alexnet.model.testing.RealData;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command {@code convert}, start included, over 20,000 real pictures: against two processes of
 * Pillow and NumPy that do the same work, two that leave statistics and checksums out, and two of
 * {@code vipsthumbnail}; and its memory against that of 1,000 pictures. The environment variable
 * {@code PILLOW_PYTHON} names a Python that has Pillow and NumPy.
 *
 * <pre>PILLOW_PYTHON=python3 mvn -pl tests -am test -Dtest=ConvertPeersBenchmarkTest \
 *     -Dgroups=benchmark -Dalexnet.data=DIR -Dsurefire.excludedGroups= \
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Tag("benchmark")
@RealData.Needed
class ConvertPeersBenchmarkTest {
  private static final int COPIES = 40;
  private static final int FEW_COPIES = 2;

  @TempDir private Path directory;

  @Test
  void convert_twentyThousandPictures_isAsFastAsPillowInFlatMemory() throws Exception {
    String python = System.getenv("PILLOW_PYTHON");
    assumeTrue(python != null, "PILLOW_PYTHON does not name a Python with Pillow");
    List<Path> files = RealPictures.files();
    int pictures = files.size() * COPIES;

    MeasuredProcess few = convert(files, FEW_COPIES);
    MeasuredProcess many = convert(files, COPIES);
    double pillow = pictures / pillow(python, files).seconds();
    double picturesOnly = pictures / pillow(python, files, "pictures-only").seconds();
    double vips = vips(files).map(seconds -> pictures / seconds).orElse(Double.NaN);
    // Twice, because a machine's speed varies from minute to minute.
    double again = pictures / convert(files, COPIES).seconds();
    double pillowAgain = pictures / pillow(python, files).seconds();

    double first = pictures / many.seconds();
    double ratio = (first / pillow + again / pillowAgain) / 2;
    System.out.println(
        Json.line(
            new Result(
                "convert-peers",
                pictures,
                List.of(first, again),
                List.of(pillow, pillowAgain),
                picturesOnly,
                vips,
                ratio,
                few.seconds(),
                few.peakMemory() >> 20,
                many.peakMemory() >> 20)));
    assertThat(ratio).isGreaterThanOrEqualTo(1.0);
    assertThat((double) many.peakMemory() / few.peakMemory()).isBetween(0.9, 1.1);
  }

  /**
   * Pictures per second, seconds and MiB.
   *
   * @param pillow with statistics and checksums, as convert writes them
   * @param pillowPicturesOnly without statistics and checksums
   * @param vips NaN where there is no vipsthumbnail
   * @param ratio of the rates of convert and Pillow, the mean of both rounds
   */
  private record Result(
      String benchmark,
      int pictures,
      List<Double> convert,
      List<Double> pillow,
      double pillowPicturesOnly,
      double vips,
      double ratio,
      double secondsOfThousand,
      long peakMemoryOfThousand,
      long peakMemory) {}

  private MeasuredProcess convert(List<Path> files, int copies) throws Exception {
    Path archive = directory.resolve("train-" + copies + ".tar");
    if (!Files.exists(archive)) {
      RealPictures.writeArchive(files, copies, archive);
    }
    Path output = Files.createTempDirectory(directory, "dataset-");
    return MeasuredProcess.alexnet(
        directory,
        List.of(
            "convert",
            "--input=" + archive,
            "--output=" + output,
            "--split=train",
            "--layout=ilsvrc2012",
            "--classes=present",
            "--",
            "--targetParallelism=2"));
  }

  private MeasuredProcess pillow(String python, List<Path> files, String... options)
      throws Exception {
    Path names = directory.resolve("names.txt");
    Files.write(names, files.stream().map(Path::toString).toList());
    Path output = Files.createTempDirectory(directory, "pillow-");
    Path script = Path.of("src/test/python/convert_with_pillow.py").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(python, script.toString(), names.toString(), COPIES + "", output.toString()));
    command.addAll(List.of(options));
    // NumPy's matrix product would start a thread for each core in each of both processes.
    return MeasuredProcess.run(directory, Map.of("OPENBLAS_NUM_THREADS", "1"), command);
  }

  /**
   * Two processes convert half of the pictures each; returns the seconds until both have finished.
   */
  private Optional<Double> vips(List<Path> files) throws Exception {
    Optional<Path> vips = onPath("vipsthumbnail");
    if (vips.isEmpty()) {
      System.out.println("left out: there is no vipsthumbnail");
      return Optional.empty();
    }
    long start = System.nanoTime();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path output = Files.createTempDirectory(directory, "vips-");
      List<String> command = new ArrayList<>();
      command.add(vips.get().toString());
      command.addAll(
          List.of("--size=256x256", "--smartcrop=centre", "-o", output + "/%s.jpg[Q=95]"));
      for (int copy = 0; copy < COPIES / 2; copy++) {
        files.forEach(file -> command.add(file.toString()));
      }
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.resolve("log.txt").toFile());
      builder.environment().put("VIPS_CONCURRENCY", "1");
      processes.add(builder.start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }
    return Optional.of((System.nanoTime() - start) / 1e9);
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
