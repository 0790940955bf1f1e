package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run of a job would do.
 *
 * @param refusal with which it would end before it did anything
 * @param freeBytes that can be written into the work directory; empty where there is no limit
 */
public record Forecast(
    List<StepForecast> steps, Optional<Failure> refusal, OptionalLong freeBytes) {
  public Forecast {
    steps = List.copyOf(steps);
    requireNonNull(refusal, "refusal is null");
    requireNonNull(freeBytes, "freeBytes is null");
  }

  /** What is there of a step, and what a run would do with it. */
  public enum State {
    DONE("done"),
    TO_DO("to do"),
    /** Made with other settings or from other inputs, and kept unless it is asked for anew. */
    STALE("stale");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * @param why it is not done, or on what it depends that it stays done; empty if there is nothing
   *     to say
   * @param bytes that its directory holds now
   * @param lastTime that the step took when it was done; zero if it never was
   */
  public record StepForecast(String name, State state, String why, long bytes, Duration lastTime) {}
}
