package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog.SessionStatus;

class TrainingLogTest {
  @TempDir Path workdir;

  /** A kill must not find the file empty: the old one is whole until the new one is. */
  @Test
  void open_resumed_takesThePlaceOfTheOldFileAtOnce() throws IOException {
    Path file = workdir.resolve("metrics.jsonl");
    String old = "{\"step\":10}\n{\"step\":20}\n{\"st";
    Files.writeString(file, old);
    Path before = Files.createLink(workdir.resolve("before"), file);
    new TrainingLog(workdir, Clock.systemUTC(), 10).close();
    assertThat(file).hasContent("{\"step\":10}\n");
    assertThat(before).hasContent(old);
  }

  /** TensorBoard forgets what the runs before logged from the step of a start on. */
  @Test
  void open_resumed_startsItsEventsAfterTheLastStepThatStays() throws IOException {
    new TrainingLog(workdir, Clock.systemUTC(), 10).close();
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
