package dev.alexnet.ops.launch.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * When an attempt got how far; null until it did.
 *
 * @param recorded when it was written down, before it was submitted
 * @param queued when the service accepted the job
 * @param running when the task began
 * @param ended when the job ended
 */
public record AttemptTimes(
    @JsonProperty("recorded") @UtcTime Instant recorded,
    @JsonProperty("queued") @UtcTime Instant queued,
    @JsonProperty("running") @UtcTime Instant running,
    @JsonProperty("ended") @UtcTime Instant ended) {
  public AttemptTimes {
    requireNonNull(recorded, "recorded is null");
  }

  public static AttemptTimes recordedAt(Instant now) {
    return new AttemptTimes(now, null, null, null);
  }

  AttemptTimes seen(Instant newlyQueued, Instant newlyRunning) {
    return new AttemptTimes(
        recorded,
        queued == null ? newlyQueued : queued,
        running == null ? newlyRunning : running,
        ended);
  }

  AttemptTimes endedAt(Instant time) {
    return new AttemptTimes(recorded, queued, running, time);
  }

  /** How long the task has run, until it ended; zero if it never began. */
  public Duration runningUntil(Instant now) {
    if (running == null) {
      return Duration.ZERO;
    }
    Duration time = Duration.between(running, ended == null ? now : ended);
    return time.isNegative() ? Duration.ZERO : time;
  }
}
