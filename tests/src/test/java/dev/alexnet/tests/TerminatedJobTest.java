package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is asked to stop writes a checkpoint of its last step, and resumes to the same
 * result.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only /proc tells when a validation is read")
@Tag("long")
class TerminatedJobTest {
  private static final String JOB =
      """
      synth:
        classes: 3
        train-per-class: 60
        val-per-class: 300
      convert:
        size: 56
        shards: 3
      augment:
        copies: 2
        operations: random_crop(48) | flip | colour(0.1)
      train:
        preset: mini
        steps: 150
        batch: %d
        checkpoint-steps: 1000
      score:
        batch: 16
      """;

  @TempDir Path directory;

  @Test
  void run_terminatedInTrainingAndInAValidation_exitsWith75AndContinuesBitByBit() throws Exception {
    Path job = Files.writeString(directory.resolve("job.yaml"), JOB.formatted(16));
    Path left = Files.createDirectory(directory.resolve("left"));
    Path stopped = Files.createDirectory(directory.resolve("stopped"));
    List<String> run = List.of("run", "--config", job.toString(), "--workdir", "work");
    AlexnetProcess.Ended undisturbed = AlexnetProcess.start(left, run).await();
    assertThat(undisturbed.exitCode()).as(undisturbed.err()).isZero();

    Path metrics = stopped.resolve("work/training/metrics.jsonl");
    AlexnetProcess.Ended inTraining =
        AlexnetProcess.start(stopped, run)
            .terminateOnce(running -> Files.exists(metrics) && Files.size(metrics) > 0);
    assertThat(inTraining.exitCode()).as(inTraining.err()).isEqualTo(75);
    assertThat(inTraining.err()).containsPattern("Stopped as requested after step \\d+ of 150");

    Path validation = stopped.toRealPath().resolve("work/dataset/validation");
    long logged = Files.size(metrics);
    AlexnetProcess.Ended inValidation =
        AlexnetProcess.start(stopped, run)
            .terminateOnce(running -> Files.size(metrics) > logged && running.reads(validation));
    assertThat(inValidation.exitCode()).as(inValidation.err()).isEqualTo(75);
    // The ends of the epochs of 360 images.
    assertThat(inValidation.err())
        .containsPattern("Stopped as requested after step (23|46|69|92|115|138) of 150");

    AlexnetProcess.Ended resumed = AlexnetProcess.start(stopped, run).await();
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).containsPattern("Continuing at step \\d+ of 150");
    assertThat(stopped.resolve("work/training/model/saved_model.pb"))
        .hasSameBinaryContentAs(left.resolve("work/training/model/saved_model.pb"));
    assertThat(numbers(metrics)).isEqualTo(numbers(left.resolve("work/training/metrics.jsonl")));
  }

  /** At the end of an epoch the parameters are summed up, with pictures of filters. */
  @Test
  void run_terminatedInTheFirstStepOfEpochsOfOneStep_exitsWith75() throws Exception {
    Path job = Files.writeString(directory.resolve("job.yaml"), JOB.formatted(360));
    AlexnetProcess.Ended ended =
        AlexnetProcess.start(
                directory, List.of("run", "--config", job.toString(), "--workdir", "work"))
            .terminateOnce(running -> running.says("Step 0: "));
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
    assertThat(ended.err()).containsPattern("Stopped as requested after step \\d+ of 150");
  }

  /** The log without values that depend on time. */
  private static List<String> numbers(Path metrics) throws IOException {
    return Files.readAllLines(metrics).stream()
        .map(line -> line.replaceAll("\"images_per_second\":[^,}]*|\"time\":[^,]*,", ""))
        .toList();
  }

  @Test
  void run_terminatedInScoring_exitsWith75AndKeepsTheShardsThatWereDone() throws Exception {
    Path job =
        Files.writeString(
            directory.resolve("score.yaml"),
            """
            synth:
              classes: 3
              train-per-class: 20
              val-per-class: 100
            convert:
              size: 56
              shards: 12
            train:
              preset: mini
              steps: 10
              batch: 16
            score:
              batch: 20
              views: 10
              join-up-to: 0
            """);
    Path scores = directory.resolve("work/scores");
    List<String> run = List.of("run", "--config", job.toString(), "--workdir", "work");

    AlexnetProcess.Ended stopped =
        AlexnetProcess.start(directory, run)
            .terminateOnce(running -> done(scores.resolve(".score")).size() >= 3);
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(75);
    Map<Path, FileTime> before = new TreeMap<>();
    for (Path entry : done(scores.resolve(".score"))) {
      String number = entry.getFileName().toString().replace(".json", "");
      Path rows = scores.resolve("predictions-" + number + "-of-00012.jsonl");
      before.put(rows, Files.getLastModifiedTime(rows));
    }
    assertThat(before).hasSizeBetween(3, 11);

    AlexnetProcess.Ended resumed = AlexnetProcess.start(directory, run).await();

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    for (Map.Entry<Path, FileTime> rows : before.entrySet()) {
      assertThat(Files.getLastModifiedTime(rows.getKey())).isEqualTo(rows.getValue());
    }
    assertThat(done(scores.resolve(".score"))).isEmpty();
  }

  /** The entries of shards in a ledger's directory. */
  private static List<Path> done(Path ledger) throws IOException {
    if (!Files.isDirectory(ledger)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(ledger)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
