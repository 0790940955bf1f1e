package dev.alexnet.ops.launch.policy;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.JobStatus;
import com.google.cloud.batch.v1.StatusEvent;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What happened to a job, in the service's words.
 *
 * @param exitCode of a task that failed, if the event tells it
 */
public record JobEvent(Instant time, String text, OptionalInt exitCode) {
  private static final Pattern EXIT_CODE = Pattern.compile("with exit code (\\d+)");
  private static final Pattern STATE = Pattern.compile("^Job state is set from \\w+ to (\\w+)");

  public JobEvent {
    requireNonNull(time, "time is null");
    requireNonNull(text, "text is null");
    requireNonNull(exitCode, "exitCode is null");
  }

  static JobEvent of(StatusEvent event) {
    return new JobEvent(time(event.getEventTime()), event.getDescription(), exitCode(event));
  }

  /** Events of jobs tell the exit code of their tasks only in the description. */
  private static OptionalInt exitCode(StatusEvent event) {
    if (event.hasTaskExecution() && event.getTaskExecution().getExitCode() != 0) {
      return OptionalInt.of(event.getTaskExecution().getExitCode());
    }
    Matcher said = EXIT_CODE.matcher(event.getDescription());
    return said.find() ? OptionalInt.of(Integer.parseInt(said.group(1))) : OptionalInt.empty();
  }

  /** The state that the job entered, if that is what happened. */
  Optional<JobStatus.State> entered() {
    Matcher change = STATE.matcher(text);
    if (!change.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(JobStatus.State.valueOf(change.group(1)));
    } catch (IllegalArgumentException e) {
      // A state that is newer than the library.
      return Optional.empty();
    }
  }

  /** As a person wants to read it. */
  public String inBrief() {
    return entered()
        .filter(state -> exitCode.isEmpty())
        .map(state -> state.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .orElse(text);
  }

  static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
