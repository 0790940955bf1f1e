package dev.alexnet.ops.launch.policy;

import com.google.cloud.batch.v1.JobStatus;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.StopReason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides how an attempt ended, from what the service says of its job. */
public final class AttemptEnding {
  /** Exit codes of the service: the machine was taken back, or failed. */
  private static final int PREEMPTED = 50001;

  private static final Set<Integer> MACHINE_FAILED = Set.of(50002, 50003, 50004, 50006);
  private static final int TOO_LONG = 50005;

  /** A program that was stopped by SIGINT or SIGTERM, or stopped itself after a commit. */
  private static final Set<Integer> RUN_AGAIN =
      Set.of(
          Failure.Kind.INTERRUPTED.exitCode(), Failure.Kind.REMOTE.exitCode(), 128 + 2, 128 + 15);

  /** What the container's runtime exits with if it cannot start the container. */
  private static final int NOT_STARTED = 125;

  private static final Pattern NO_IMAGE =
      Pattern.compile(
          "manifest (for \\S+ )?(unknown|not found)|(image|repository) \\S* ?(was )?not found"
              + "|failed to (pull|resolve)|unable to find image|pull(ing)? image.*(fail|error)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern FULL =
      Pattern.compile("RESOURCE_POOL_EXHAUSTED|does not (currently )?have enough resources");

  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "PERMISSION_DENIED|does not have (permission|\\S+ access|access)|Required '\\S+' permission"
              + "|Permission '\\S+' denied|CODE_SERVICE_ACCOUNT|iam\\.serviceAccounts\\.actAs|forbidden",
          Pattern.CASE_INSENSITIVE);

  private AttemptEnding() {}

  /**
   * @param stop why this program asked for the cancellation; null if it did not
   * @param longestWait how long the job might wait for a machine
   * @return empty if the job has not ended
   */
  public static Optional<AttemptEnd> of(JobReport report, StopReason stop, Duration longestWait) {
    if (!report.hasEnded()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (report.state()) {
          case SUCCEEDED -> AttemptEnd.of(EndCause.SUCCEEDED, 0, "");
          case FAILED -> failed(report);
          default -> cancelled(report, stop, longestWait);
        });
  }

  private static AttemptEnd cancelled(JobReport report, StopReason stop, Duration longestWait) {
    if (stop == StopReason.QUOTA || stop == StopReason.QUEUE_WAIT) {
      return QuotaShortage.in(report.events())
          .map(shortage -> AttemptEnd.of(EndCause.QUOTA, shortage.said()))
          .orElseGet(
              () ->
                  AttemptEnd.of(
                      EndCause.NO_CAPACITY,
                      stop == StopReason.QUOTA
                          ? reason(report)
                          : "no machine within " + Quantity.of(longestWait.toMinutes(), "minute")));
    }
    return AttemptEnd.of(
        EndCause.CANCELLED,
        report.state() == JobStatus.State.CANCELLED ? "" : "the job is being deleted");
  }

  private static AttemptEnd failed(JobReport report) {
    if (report.exitCode().isPresent()) {
      return exited(report.exitCode().getAsInt(), report);
    }
    Optional<QuotaShortage> shortage = QuotaShortage.in(report.events());
    if (shortage.isPresent() && !report.hasRun()) {
      return AttemptEnd.of(EndCause.QUOTA, shortage.get().said());
    }
    return first(report, NO_IMAGE, EndCause.IMAGE_MISSING)
        .or(() -> first(report, FORBIDDEN, EndCause.PERMISSION))
        .or(() -> report.hasRun() ? Optional.empty() : first(report, FULL, EndCause.NO_CAPACITY))
        .orElseGet(
            () ->
                AttemptEnd.of(
                    report.hasRun() ? EndCause.UNKNOWN : EndCause.FAILED_WITHOUT_TASKS,
                    reason(report)));
  }

  private static AttemptEnd exited(int code, JobReport report) {
    EndCause cause =
        code == NOT_STARTED && first(report, FORBIDDEN, EndCause.PERMISSION).isPresent()
            ? EndCause.PERMISSION
            : causeOf(code);
    return AttemptEnd.of(cause, code, reason(report));
  }

  private static EndCause causeOf(int code) {
    if (code == PREEMPTED) {
      return EndCause.PREEMPTED;
    }
    if (code == NOT_STARTED) {
      return EndCause.IMAGE_MISSING;
    }
    if (code == TOO_LONG) {
      return EndCause.TIME_LIMIT;
    }
    if (MACHINE_FAILED.contains(code) || RUN_AGAIN.contains(code)) {
      return EndCause.RETRYABLE;
    }
    if (code == Failure.Kind.NOT_FINITE.exitCode()) {
      return EndCause.DIVERGED;
    }
    if (code == Failure.Kind.PERMISSION.exitCode()) {
      return EndCause.PERMISSION;
    }
    if (code == Failure.Kind.USAGE.exitCode() || code == Failure.Kind.MISMATCH.exitCode()) {
      return EndCause.SETTINGS;
    }
    return Failure.Kind.ofExitCode(code).isPresent() ? EndCause.PROGRAM_FAILED : EndCause.UNKNOWN;
  }

  private static Optional<AttemptEnd> first(JobReport report, Pattern pattern, EndCause cause) {
    return report.events().stream()
        .map(JobEvent::text)
        .filter(text -> pattern.matcher(text).find())
        .findFirst()
        .map(text -> AttemptEnd.of(cause, text));
  }

  /** The last event that names an error, or else the last one that says why; empty if none does. */
  private static String reason(JobReport report) {
    String reason = "";
    for (JobEvent event : report.events()) {
      if (event.saysWhy() && (event.text().contains("Error") || !reason.contains("Error"))) {
        reason = event.text();
      }
    }
    return reason;
  }
}
