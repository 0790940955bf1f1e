package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the README's shell blocks, in their order, as a new user would. */
class ReadmeTest {
  private static final Pattern SHELL_BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern JOB_FILE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String LAUNCHER = "./alexnet";

  @TempDir Path directory;

  private static List<List<String>> commands() throws IOException {
    List<List<String>> commands = new ArrayList<>();
    Matcher blocks = SHELL_BLOCK.matcher(Files.readString(Repository.root().resolve("README.md")));
    while (blocks.find()) {
      blocks.group(1).lines().map(ReadmeTest::words).forEach(commands::add);
    }
    return commands;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  @Test
  void commands_ofTheReadme_allSucceed() throws Exception {
    List<String> run = new ArrayList<>();
    writeOwnPictures();
    for (List<String> command : commands()) {
      if (!command.get(0).equals(LAUNCHER)) {
        assertThat(command).as("the one command that is not ours").containsExactly("mvn", "verify");
        continue;
      }
      List<String> arguments = command.subList(1, command.size());
      AlexnetProcess.Ended ended = AlexnetProcess.start(directory, arguments).await();
      assertThat(ended.exitCode()).as(command + "\n" + ended.err()).isZero();
      run.add(arguments.get(0));
    }
    assertThat(run)
        .containsExactly(
            "run", "run", "inspect", "predict", "synth", "convert", "convert", "augment", "train",
            "score", "report");

    JsonNode scores =
        new ObjectMapper().readTree(directory.resolve("runs/default/scores/scores.json").toFile());
    assertThat(scores.get("scored").asInt()).isEqualTo(500);
    // Guessing would be wrong nine times in ten.
    assertThat(scores.get("top1_error").asDouble()).isLessThanOrEqualTo(0.10);

    assertThat(directory.resolve("runs/default/report/report.html")).isNotEmptyFile();
    assertThat(Files.readString(directory.resolve("report/report.html")))
        .contains("<h2>Top-1 error</h2>");

    Map<String, FileTime> before = times(directory.resolve("runs/default"));
    AlexnetProcess.Ended again = AlexnetProcess.run(directory, "run");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out().lines().filter(line -> line.contains("already done"))).hasSize(8);
    assertThat(times(directory.resolve("runs/default"))).isEqualTo(before);
  }

  /** The folders and the job file of the README. */
  private void writeOwnPictures() throws IOException {
    Matcher job = JOB_FILE.matcher(Files.readString(Repository.root().resolve("README.md")));
    assertThat(job.find()).isTrue();
    Files.writeString(directory.resolve("job.yaml"), job.group(1));
    for (String split : List.of("train", "val")) {
      for (int kind = 0; kind < 3; kind++) {
        Path folder =
            directory.resolve("pictures/" + split + "/" + List.of("cat", "dog", "owl").get(kind));
        Files.createDirectories(folder);
        for (int i = 0; i < (split.equals("train") ? 50 : 10); i++) {
          BufferedImage picture = new BufferedImage(64, 80, BufferedImage.TYPE_INT_RGB);
          Graphics2D graphics = picture.createGraphics();
          graphics.setColor(new Color(90 * kind, 200 - 3 * i, 4 * i));
          graphics.fillOval(kind * 10, i % 20, 30 + 10 * kind, 40);
          graphics.dispose();
          ImageIO.write(picture, "jpg", folder.resolve(i + ".jpg").toFile());
        }
      }
    }
  }

  private static Map<String, FileTime> times(Path root) throws IOException {
    Map<String, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.getFileName().toString().equals("ledger.json")) {
          times.put(root.relativize(file).toString(), Files.getLastModifiedTime(file));
        }
      }
    }
    return times;
  }
}
