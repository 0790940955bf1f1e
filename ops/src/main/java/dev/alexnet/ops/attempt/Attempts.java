package dev.alexnet.ops.attempt;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.ops.console.Console;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.IntSupplier;

/**
 * Keeps what each attempt at a job showed and how it ended, in the job's work directory: {@code
 * attempts/NAME-1} for the first process of that name, {@code NAME-2} for the next. An attempt
 * without {@value #OUTCOME} is running, or was killed.
 */
public final class Attempts {
  /** In the work directory. */
  public static final String DIRECTORY = "attempts";

  /** When and where an attempt began, as an {@link AttemptStart}. */
  public static final String START = "attempt.json";

  /** When and how it ended, as an {@link AttemptOutcome}. */
  public static final String OUTCOME = "outcome.json";

  private final ObjectStore store;
  private final Console console;
  private final Clock clock;

  @Inject
  public Attempts(ObjectStore store, Console console, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.console = requireNonNull(console, "console is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The name of the part of a log with this number, the first being 1. */
  public static String logPart(int number) {
    return "log-%06d.txt".formatted(number);
  }

  /**
   * Does a job's work, and keeps what the console shows meanwhile. The work itself does not fail if
   * the log cannot be written; the console says so.
   *
   * @param work returns its exit code
   * @return that exit code
   */
  public int recording(Location workdir, String name, IntSupplier work) {
    Location directory = begin(workdir.resolve(DIRECTORY), name);
    try (AttemptLog log = AttemptLog.begin(store, directory, console)) {
      try {
        int exitCode = work.getAsInt();
        log.end(outcome(exitCode, ""));
        return exitCode;
      } catch (RuntimeException | Error e) {
        Failure failure = Failure.in(e);
        log.end(
            failure == null
                ? outcome(Failure.Kind.BUG.exitCode(), e.toString())
                : outcome(failure.kind().exitCode(), failure.getMessage()));
        throw e;
      }
    }
  }

  /** Creates the directory of the next attempt; two processes never get the same. */
  private Location begin(Location directory, String name) {
    byte[] start = Json.document(AttemptStart.ofThisProcess(now()));
    for (int number = 1; ; number++) {
      Location own = directory.resolve(name + "-" + number);
      try {
        store.write(own.resolve(START), start, WriteCondition.absent());
        return own;
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.OUTPUT_EXISTS) {
          throw e;
        }
      }
    }
  }

  private AttemptOutcome outcome(int exitCode, String message) {
    return new AttemptOutcome(now().toString(), exitCode, message);
  }

  /** People read these times. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
