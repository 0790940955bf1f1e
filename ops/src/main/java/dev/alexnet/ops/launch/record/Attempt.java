package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.ops.launch.Offer;
import java.time.Duration;
import java.time.Instant;

/**
 * One attempt at a run: one Batch job.
 *
 * @param number counts a run's attempts from 1
 * @param launch counts a run's launches from 1: the next begins after one that ended badly
 * @param job the id of the Batch job
 * @param specification the SHA-256 of the job's specification
 * @param hourlyPrice of the machine in US dollars; null if it was not known
 * @param longestSeconds how long the task may run; null for the service's own limit
 * @param stopReason why this program asked for the job's cancellation; null if it did not
 * @param end null until it has ended
 * @param usage of a machine; none until it has ended
 */
public record Attempt(
    @JsonProperty("number") int number,
    @JsonProperty("launch") int launch,
    @JsonProperty("job") String job,
    @JsonProperty("offer") Offer offer,
    @JsonProperty("specification") String specification,
    @JsonProperty("hourly_price") @JsonInclude(JsonInclude.Include.NON_NULL) Double hourlyPrice,
    @JsonProperty("longest_seconds") Long longestSeconds,
    @JsonProperty("times") AttemptTimes times,
    @JsonProperty("stop_reason") StopReason stopReason,
    @JsonProperty("end") AttemptEnd end,
    @JsonProperty("usage") Usage usage) {
  public Attempt {
    new Problems("attempt")
        .require(number > 0, "number is %s; it must be at least 1", number)
        .require(launch > 0, "launch is %s; it must be at least 1", launch)
        .require(job != null && !job.isEmpty(), "job is missing")
        .require(offer != null, "offer is missing")
        .require(specification != null, "specification is missing")
        .require(
            hourlyPrice == null || (0 < hourlyPrice && hourlyPrice < Double.POSITIVE_INFINITY),
            "hourly_price is %s; it must be above 0",
            hourlyPrice)
        .require(
            longestSeconds == null || longestSeconds > 0,
            "longest_seconds is %s; it must be above 0",
            longestSeconds)
        .require(times != null, "times is missing")
        .require(usage != null, "usage is missing")
        .throwIfAny();
  }

  public boolean hasEnded() {
    return end != null;
  }

  /** Whether the service is known to have accepted the job. */
  public boolean wasAccepted() {
    return times.queued() != null;
  }

  public boolean hasRun() {
    return times.running() != null;
  }

  public Attempt withSpecification(String hash) {
    return new Attempt(
        number,
        launch,
        job,
        offer,
        hash,
        hourlyPrice,
        longestSeconds,
        times,
        stopReason,
        end,
        usage);
  }

  /**
   * @param queued when the service accepted the job
   * @param running when the task began; null if it has not
   */
  public Attempt seen(Instant queued, Instant running) {
    return with(times.seen(queued, running), stopReason, end, usage);
  }

  public Attempt stoppedFor(StopReason reason) {
    return with(times, reason, end, usage);
  }

  public Attempt endedAt(Instant time, AttemptEnd how) {
    AttemptTimes whole = times.endedAt(time);
    return with(whole, stopReason, how, Usage.of(whole.runningUntil(time), hourlyPrice));
  }

  private Attempt with(AttemptTimes at, StopReason reason, AttemptEnd how, Usage used) {
    return new Attempt(
        number,
        launch,
        job,
        offer,
        specification,
        hourlyPrice,
        longestSeconds,
        at,
        reason,
        how,
        used);
  }

  /** What it has used so far; estimated until it has ended. */
  public Usage usageUntil(Instant now) {
    return hasEnded() ? usage : Usage.of(times.runningUntil(now), hourlyPrice);
  }

  /**
   * How long it has waited for a machine, or waited until it got one or gave up; zero if the
   * service never accepted it.
   */
  public Duration waitedUntil(Instant now) {
    if (!wasAccepted()) {
      return Duration.ZERO;
    }
    Instant otherwise = times.ended() == null ? now : times.ended();
    Instant until = times.running() == null ? otherwise : times.running();
    Duration waited = Duration.between(times.queued(), until);
    return waited.isNegative() ? Duration.ZERO : waited;
  }
}
