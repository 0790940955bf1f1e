package dev.alexnet.ops.launch.policy;

import dev.alexnet.ops.launch.record.AttemptEnd;

/** Says in a few words for people how attempts ended. */
public final class EndWords {
  private EndWords() {}

  /** As {@code preempted}, {@code no machine} or {@code failed, exit 78}. */
  public static String of(AttemptEnd end) {
    return switch (end.cause()) {
      case SUCCEEDED -> "succeeded";
      case NOT_SUBMITTED -> "not submitted";
      case PREEMPTED -> "preempted";
      case RETRYABLE ->
          hasLostMachine(end) ? exited("machine failed", end) : exited("stopped", end);
      case NO_CAPACITY -> "no machine";
      case QUOTA -> "no quota";
      case IMAGE_MISSING -> "no image";
      case PERMISSION -> "no permission";
      case DIVERGED -> "diverged";
      case TIME_LIMIT -> "time limit";
      case CANCELLED -> "cancelled";
      case FAILED_WITHOUT_TASKS -> "failed before it ran";
      case SETTINGS, PROGRAM_FAILED, UNKNOWN ->
          Integer.valueOf(TaskExit.OUT_OF_MEMORY).equals(end.exitCode())
              ? "exit 137: out of memory"
              : exited("failed", end);
    };
  }

  private static boolean hasLostMachine(AttemptEnd end) {
    return end.exitCode() != null && TaskExit.isOfService(end.exitCode());
  }

  private static String exited(String what, AttemptEnd end) {
    return end.exitCode() == null ? what : what + ", exit " + end.exitCode();
  }
}
