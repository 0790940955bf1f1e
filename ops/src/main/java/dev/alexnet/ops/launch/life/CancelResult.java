package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.alexnet.ops.launch.policy.EndWords;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.util.Optional;

/**
 * What a cancellation came to.
 *
 * @param cancelled the job that was cancelled; null if none was
 * @param record of the run afterwards
 */
public record CancelResult(
    @JsonProperty("cancelled") String cancelled, @JsonUnwrapped LaunchRecord record) {
  public CancelResult {
    requireNonNull(record, "record is null");
  }

  /**
   * @param ended the attempt that ended during the cancellation; empty if none lived
   */
  static CancelResult of(Optional<Attempt> ended, LaunchRecord record) {
    return new CancelResult(
        ended
            .filter(attempt -> attempt.end().cause() == EndCause.CANCELLED)
            .map(Attempt::job)
            .orElse(null),
        record);
  }

  /** As {@code alexnet-first-1 was cancelled, after 1.2 h, about $0.93}. */
  public String summary() {
    Optional<Attempt> latest = record.latest();
    if (latest.isEmpty()) {
      return "Nothing to cancel: the run " + record.run() + " has no attempt";
    }
    Attempt attempt = latest.get();
    return cancelled == null
        ? "Nothing to cancel: %s has ended (%s)"
            .formatted(attempt.job(), EndWords.of(attempt.end()))
        : "%s was cancelled, after %s".formatted(cancelled, attempt.usage());
  }
}
