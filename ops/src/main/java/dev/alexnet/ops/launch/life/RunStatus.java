package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.Usage;
import java.util.List;

/**
 * A run as it is now.
 *
 * @param state that of the latest attempt; {@code none} if there is none
 * @param usage of all attempts so far
 * @param training null if none has logged anything
 * @param attempts as they are now known; the record may not say it yet
 */
public record RunStatus(
    @JsonProperty("run") String run,
    @JsonProperty("workdir") String workdir,
    @JsonProperty("state") String state,
    @JsonProperty("usage") Usage usage,
    @JsonProperty("training") TrainingSample training,
    @JsonProperty("attempts") List<AttemptStatus> attempts) {
  public RunStatus {
    requireNonNull(run, "run is null");
    requireNonNull(workdir, "workdir is null");
    requireNonNull(state, "state is null");
    requireNonNull(usage, "usage is null");
    attempts = List.copyOf(attempts);
  }

  /**
   * One attempt.
   *
   * @param state of the job while it lives, then why it ended, in one word; while it lives {@code
   *     not_submitted} or, of a job that was accepted, {@code unknown} if the service does not know
   *     it
   * @param waitedSeconds for a machine
   * @param ranSeconds on it
   * @param end null until it has ended
   */
  public record AttemptStatus(
      @JsonProperty("number") int number,
      @JsonProperty("job") String job,
      @JsonProperty("offer") Offer offer,
      @JsonProperty("state") String state,
      @JsonProperty("waited_seconds") long waitedSeconds,
      @JsonProperty("ran_seconds") long ranSeconds,
      @JsonProperty("usage") Usage usage,
      @JsonProperty("end") AttemptEnd end) {}
}
