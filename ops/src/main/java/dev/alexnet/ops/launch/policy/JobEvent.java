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
  private static final Pattern TASK_STATE =
      Pattern.compile(
          "Task state is updated from \\w+ to (\\w+)(?: on \\S+)?(?: due to Spot VM preemption)?"
              + "(?: with exit code \\d+)?\\.?");

  /** What the service says of every job, and nothing besides. */
  private static final Pattern ROUTINE =
      Pattern.compile(
          "(?:%s for job \\S+)? ?(?:Job failed due to task failure\\. Specifically, task with index"
                  .formatted(STATE)
              + " \\d+ failed due to the following task event: )?\"?(?:%s)?\"?"
                  .formatted(TASK_STATE));

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

  /** Whether it says more than a state and an exit code. */
  boolean saysWhy() {
    return !ROUTINE.matcher(text).matches();
  }

  /** As a person wants to read it. What else it says of a failure is part of the attempt's end. */
  public String inBrief() {
    Optional<JobStatus.State> entered = entered();
    if (entered.isPresent()) {
      return inWords(entered.get().name());
    }
    Matcher task = TASK_STATE.matcher(text);
    if (saysWhy() || !task.find()) {
      return text;
    }
    return task.start() > 0
        ? "failed"
        : "task "
            + inWords(task.group(1))
            + (exitCode.isPresent() ? ", exit code " + exitCode.getAsInt() : "");
  }

  private static String inWords(String state) {
    return state.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
