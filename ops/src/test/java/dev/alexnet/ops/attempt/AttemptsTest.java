package dev.alexnet.ops.attempt;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.ops.console.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
  private final StringWriter shown = new StringWriter();
  private final Console console =
      new Console(
          new PrintWriter(new StringWriter()),
          new PrintWriter(shown, true),
          false,
          () -> 80,
          () -> 0);

  @TempDir private Path workdir;

  @Test
  void recording_workThatSucceeds_keepsWhatWasShownMeanwhile() throws Exception {
    console.err().println("before");
    int exitCode =
        attempts(ObjectStores.standard())
            .recording(
                location(),
                "alexnet-first-1",
                () -> {
                  console.err().println("step 1");
                  console.note("a note");
                  return 0;
                });
    console.err().println("after");

    assertThat(exitCode).isZero();
    assertThat(read("alexnet-first-1-1/log-000001.txt")).isEqualTo("step 1\na note\n");
    assertThat(read("alexnet-first-1-1/attempt.json"))
        .contains("\"started\" : \"2026-01-02T03:04:05Z\"", "\"host\" : \"", "\"process\" : ");
    assertThat(read("alexnet-first-1-1/outcome.json"))
        .isEqualTo(
            """
            {
              "ended" : "2026-01-02T03:04:05Z",
              "exit_code" : 0,
              "message" : ""
            }
            """);
    assertThat(shown.toString()).isEqualTo("before\nstep 1\na note\nafter\n");
  }

  @Test
  void recording_workThatFails_keepsWhyWithItsExitCode() throws Exception {
    Failure failure = new Failure(Failure.Kind.INTERRUPTED, "Stopped after step 40");
    assertThatFailure(
            () ->
                attempts(ObjectStores.standard())
                    .recording(
                        location(),
                        "a",
                        () -> {
                          throw failure;
                        }))
        .isSameAs(failure);

    assertThat(read("a-1/outcome.json"))
        .contains("\"exit_code\" : 75", "\"message\" : \"Stopped after step 40\"");
    assertThat(workdir.resolve("attempts/a-1/log-000001.txt")).doesNotExist();
  }

  @Test
  void recording_sameNameAgain_isAnotherAttempt() throws Exception {
    Attempts attempts = attempts(ObjectStores.standard());
    for (int exitCode : new int[] {0, 3}) {
      attempts.recording(location(), "a", () -> exitCode);
    }
    assertThat(read("a-1/outcome.json")).contains("\"exit_code\" : 0");
    assertThat(read("a-2/outcome.json")).contains("\"exit_code\" : 3");
  }

  @Test
  void publish_severalTimes_writesWhatIsNewIntoPartsInOrder() throws Exception {
    Location directory = location().resolve("attempts/a-1");
    try (AttemptLog log = AttemptLog.begin(ObjectStores.standard(), directory, console)) {
      console.err().println("one");
      log.publish();
      log.publish();
      console.err().println("two");
      log.end(new AttemptOutcome("then", 0, ""));
    }
    assertThat(read("a-1/log-000001.txt")).isEqualTo("one\n");
    assertThat(read("a-1/log-000002.txt")).isEqualTo("two\n");
    assertThat(workdir.resolve("attempts/a-1/log-000003.txt")).doesNotExist();
  }

  @Test
  void publish_storeThatRefusesOnce_saysSoAndKeepsTheTextForTheNextPart() throws Exception {
    Location directory = location().resolve("attempts/a-1");
    RefusingStore store = new RefusingStore();
    try (AttemptLog log = AttemptLog.begin(store, directory, console)) {
      console.err().println("one");
      store.refuses = true;
      log.publish();
      log.publish();
      store.refuses = false;
      log.end(new AttemptOutcome("then", 0, ""));
    }
    String note = "The log of this attempt cannot be written: the bucket is away";
    assertThat(shown.toString()).isEqualTo("one\n" + note + "\n");
    assertThat(read("a-1/log-000001.txt")).isEqualTo("one\n" + note + "\n");
  }

  private static final class RefusingStore extends ForwardingStore {
    private final ObjectStore store = ObjectStores.standard();
    private boolean refuses;

    @Override
    protected ObjectStore storeOf(Location location) {
      return store;
    }

    @Override
    public long write(Location location, byte[] content, WriteCondition condition) {
      if (refuses) {
        throw new Failure(Failure.Kind.REMOTE, "the bucket is away");
      }
      return super.write(location, content, condition);
    }
  }

  private Attempts attempts(ObjectStore store) {
    Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
    return new Attempts(store, console, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Location location() {
    return new Location(workdir.toString());
  }

  private String read(String file) throws IOException {
    return Files.readString(workdir.resolve("attempts").resolve(file));
  }
}
