package dev.alexnet.tests.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.Main;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long commands take to start with an archive of classes, as the launcher of a checkout makes
 * it. The bounds are for a machine that does nothing else.
 */
@Tag("benchmark")
class StartBenchmarkTest {
  private static final int TIMES = 5;

  @TempDir Path directory;

  @Test
  void start_withAnArchiveOfClasses_isFast() throws Exception {
    Path jar = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assumeTrue(Files.isRegularFile(jar), "mvn test packages nothing (mvn verify does)");
    Path home = copyOf(jar.resolveSibling("..").normalize());
    Dataset data = DatasetFixture.write(directory.resolve("data"), "train", 56, 4, 8);
    String model = ModelFixture.write(directory.resolve("model"), data, 1).value();
    Path picture = directory.resolve("grey.png");
    ImageIO.write(new BufferedImage(60, 60, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    String[] predict = {"predict", "--model", model, picture.toString()};
    seconds(home, "write", predict);

    double help = fastest(home, "--help");
    double prediction = fastest(home, predict);

    System.out.printf("{\"help_seconds\":%.2f,\"predict_seconds\":%.2f}%n", help, prediction);
    assertThat(help).isLessThan(0.5);
    assertThat(prediction).isLessThan(3);
  }

  /** The archive is written beside the libraries, whose paths and times belong to it. */
  private Path copyOf(Path distribution) throws IOException {
    Path home = Files.createDirectories(directory.resolve("home/bin")).getParent();
    Files.createSymbolicLink(home.resolve("lib"), distribution.resolve("lib"));
    Files.copy(
        distribution.resolve("bin/alexnet"),
        home.resolve("bin/alexnet"),
        StandardCopyOption.COPY_ATTRIBUTES);
    return home;
  }

  private double fastest(Path home, String... arguments) throws Exception {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      fastest = Math.min(fastest, seconds(home, "", arguments));
    }
    return fastest;
  }

  private double seconds(Path home, String archive, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/alexnet").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(directory.resolve("errors.txt").toFile());
    builder.environment().put("ALEXNET_CLASS_ARCHIVE", archive);
    long started = System.nanoTime();
    int exitCode = builder.start().waitFor();
    double seconds = (System.nanoTime() - started) / 1e9;
    assertThat(exitCode).as(Files.readString(directory.resolve("errors.txt"))).isZero();
    return seconds;
  }
}
