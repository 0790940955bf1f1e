package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
