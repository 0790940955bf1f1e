package dev.alexnet.ops.launch.policy;

import com.google.cloud.batch.v1.JobStatus;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.Policy;
import dev.alexnet.ops.launch.record.StopReason;
import java.time.Instant;
import java.util.Optional;

/** Decides when a job that waits for a machine has waited long enough. */
public final class QueuePatience {
  private QueuePatience() {}

  /** Why to give the offer up; empty to wait on. */
  public static Optional<StopReason> of(
      JobReport report, Attempt attempt, Policy policy, Instant now) {
    boolean waits =
        report.state() == JobStatus.State.QUEUED || report.state() == JobStatus.State.SCHEDULED;
    if (!waits || attempt.stopReason() != null) {
      return Optional.empty();
    }
    if (QuotaShortage.in(report.events()).filter(QuotaShortage::isHopeless).isPresent()) {
      return Optional.of(StopReason.QUOTA);
    }
    return attempt.waitedUntil(now).compareTo(policy.maxQueueWait()) > 0
        ? Optional.of(StopReason.QUEUE_WAIT)
        : Optional.empty();
  }
}
