package dev.alexnet.model.training.log;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog.SessionStatus;

class TrainingLogTest {
  @TempDir Path workdir;

  /** A kill must never leave the file empty: the old one is complete until the new one is. */
  @Test
  void open_resumed_takesThePlaceOfTheOldFileAtOnce() throws IOException {
    Path file = workdir.resolve("metrics.jsonl");
    String old = "{\"step\":10}\n{\"step\":20}\n{\"st";
    Files.writeString(file, old);
    Path before = Files.createLink(workdir.resolve("before"), file);
    new TrainingLog(workdir, Clock.systemUTC(), 10, StallWatch.unlimited()).close();
    assertThat(file).hasContent("{\"step\":10}\n");
    assertThat(before).hasContent(old);
  }

  /**
   * A pipe that nobody reads accepts no more data at some point, like a disk that does not respond.
   */
  @Test
  void validation_whereNothingMoreIsTaken_failsWithTheDirectory()
      throws IOException, InterruptedException {
    Path events = Files.createDirectory(workdir.resolve("events"));
    Path pipe = events.resolve("events.out.tfevents.0.step00000001");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    StallWatch watch = new StallWatch(Duration.ofMillis(20), notice -> {});
    try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw");
        TrainingLog log = new TrainingLog(workdir, clock, 0, watch)) {
      assertThatFailure(
              () -> {
                for (long step = 1; step < 10_000; step++) {
                  log.validation(step, new BatchResult(1, 1, 0, 1));
                }
              })
          .isOfKind(Failure.Kind.INPUT_OUTPUT)
          .hasMessageContaining("the training waits for what it writes to " + workdir + ", which");
      assertThat(reader.getFD().valid()).isTrue();
    }
    watch.close();
  }

  private TrainingLog resumed(long step) {
    return new TrainingLog(workdir, Clock.systemUTC(), step, StallWatch.unlimited());
  }

  @Test
  void replacedOperations_overSeveralRuns_areKeptWhereTheyChange() {
    Path file = workdir.resolve("metrics.jsonl");
    try (TrainingLog log = resumed(0)) {
      log.replacedOperations(0, List.of());
      assertThat(file).isEmptyFile();
      log.replacedOperations(7, List.of("One is wrong", "Another \"too\""));
    }
    String first =
        "{\"replaced_operations\":[\"One is wrong\",\"Another \\\"too\\\"\"],\"step\":7}\n";
    assertThat(file).hasContent(first);
    try (TrainingLog log = resumed(8)) {
      log.replacedOperations(8, List.of("One is wrong", "Another \"too\""));
      assertThat(file).hasContent(first);
    }
    try (TrainingLog log = resumed(9)) {
      log.replacedOperations(9, List.of());
      assertThat(file).hasContent(first + "{\"replaced_operations\":[],\"step\":9}\n");
      log.replacedOperations(9, List.of("A third"));
      assertThat(log.replacedOperations())
          .containsExactly("One is wrong", "Another \"too\"", "A third");
    }
    try (TrainingLog log = resumed(6)) {
      assertThat(file).isEmptyFile();
      assertThat(log.replacedOperations()).isEmpty();
    }
  }

  /** From the step of a start event on, TensorBoard drops what earlier runs logged. */
  @Test
  void open_resumed_startsItsEventsAfterTheLastStepThatStays() throws IOException {
    new TrainingLog(workdir, Clock.systemUTC(), 10, StallWatch.unlimited()).close();
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(workdir.resolve("events"))) {
      Path file = files.findFirst().orElseThrow();
      try (TfRecordReader reader =
          new TfRecordReader(Files.newInputStream(file), file.toString())) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          events.add(Event.parseFrom(record));
        }
      }
    }
    assertThat(events).hasSize(2);
    assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionStatus.START);
    assertThat(events.get(1).getStep()).isEqualTo(11);
  }
}
