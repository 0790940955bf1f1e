package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job that is stopped once in each of its steps, in whatever way, ends with the bytes of an
 * undisturbed one, and keeps whole shards.
 */
@Tag("endurance")
class StoppedStepsTest {
  private static final String JOB =
      """
      synth:
        classes: 3
        train-per-class: 60
        val-per-class: 100
      convert:
        size: 56
        shards: 12
      augment:
        copies: 2
        operations: random_crop(48) | flip | colour(0.1)
      train:
        preset: mini
        steps: 60
        batch: 16
        checkpoint-steps: 10
      score:
        batch: 20
        views: 10
        join-up-to: 0
      similar:
        images: 2
      report:
      """;

  private static final List<String> STEPS =
      List.of(
          "synth",
          "convert-train",
          "convert-validation",
          "augment",
          "train",
          "score",
          "similar",
          "report");

  private static final List<String> RUN =
      List.of("run", "--config", "../job.yaml", "--workdir", "work");

  /** In the mask of signals that a process ignores, as Linux shows it. */
  private static final long INTERRUPT = 1 << 1;

  @TempDir Path directory;
  private Path stopped;

  @BeforeEach
  void prepare() throws IOException {
    Files.writeString(directory.resolve("job.yaml"), JOB);
    stopped = Files.createDirectory(directory.resolve("stopped"));
  }

  @ParameterizedTest
  @CsvSource({"INT,75", "TERM,75", "KILL,137"})
  void run_stoppedInEachStep_continuesWithWholeShardsToTheSameBytes(String signal, int exitCode)
      throws Exception {
    assumeFalse(
        signal.equals("INT") && isInterruptIgnored(),
        "this process was started in the background, where Java ignores SIGINT");
    Path left = Files.createDirectory(directory.resolve("left"));
    AlexnetProcess.Ended undisturbed = AlexnetProcess.start(left, RUN).await();
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();

    for (int i = 0; i < STEPS.size(); i++) {
      String label = "[%d/%d] %s".formatted(i + 1, STEPS.size(), STEPS.get(i));
      AlexnetProcess.Ended ended =
          AlexnetProcess.start(stopped, RUN).signalOnce(signal, running -> isIn(running, label));
      assertThat(ended.exitCode()).as("%s: %s", label, ended.err()).isEqualTo(exitCode);
      if (STEPS.get(i).equals("score")) {
        continueFromWholeShards(signal);
      }
    }
    AlexnetProcess.Ended last = AlexnetProcess.start(stopped, RUN).await();

    assertThat(last.exitCode()).as(last.err()).isZero();
    assertThat(contents(stopped.resolve("work"))).isEqualTo(contents(left.resolve("work")));
  }

  /** Stops the scoring once more, when it has shards, and looks at them when all is done. */
  private void continueFromWholeShards(String signal) throws Exception {
    Path scores = stopped.resolve("work/scores");
    AlexnetProcess.start(stopped, RUN).signalOnce(signal, running -> shards(scores).size() >= 3);
    Map<Path, FileTime> before = new TreeMap<>();
    for (Path shard : shards(scores)) {
      before.put(shard, Files.getLastModifiedTime(shard));
    }
    assertThat(before).hasSizeBetween(3, 12);

    AlexnetProcess.Ended ended =
        AlexnetProcess.start(stopped, RUN)
            .signalOnce(signal, running -> running.says("[7/8] similar"));

    assertThat(Files.exists(scores.resolve("scores.json"))).as(ended.err()).isTrue();
    for (Map.Entry<Path, FileTime> shard : before.entrySet()) {
      assertThat(Files.getLastModifiedTime(shard.getKey())).isEqualTo(shard.getValue());
    }
  }

  /** In the scoring not before its first shards, so that there is something to keep. */
  private boolean isIn(AlexnetProcess running, String label) throws IOException {
    return running.says(label + "\n");
  }

  /** The rows of those shards that the ledger of the scoring has as whole. */
  private static List<Path> shards(Path scores) throws IOException {
    Path ledger = scores.resolve(".score");
    if (!Files.isDirectory(ledger)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(ledger)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.replace(".json", ""))
          .sorted()
          .map(number -> scores.resolve("predictions-" + number + "-of-00012.jsonl"))
          .toList();
    }
  }

  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(
            line -> (Long.parseUnsignedLong(line.replaceAll(".*\\s", ""), 16) & INTERRUPT) != 0);
  }

  /** The hash of every file that does not depend on time. */
  private static Map<String, String> contents(Path workdir) throws IOException {
    Map<String, String> contents = new TreeMap<>(FileHashes.of(workdir));
    contents
        .keySet()
        .removeIf(
            name ->
                name.contains("events/")
                    || name.contains("ledger")
                    || name.endsWith("metrics.jsonl")
                    || name.endsWith(".lock"));
    return contents;
  }
}
