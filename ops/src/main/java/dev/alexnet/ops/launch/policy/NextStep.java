package dev.alexnet.ops.launch.policy;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.Offer;
import java.time.Duration;
import java.util.Optional;

/** What to do with a run of which no attempt is alive. */
public sealed interface NextStep {

  /**
   * Submit another attempt.
   *
   * @param longest how long its task may run; empty for the service's own limit
   */
  record Submit(Offer offer, Optional<Duration> longest) implements NextStep {
    public Submit {
      requireNonNull(offer, "offer is null");
      requireNonNull(longest, "longest is null");
    }
  }

  /** Nothing is left to do: the run succeeded. */
  record Done() implements NextStep {}

  /**
   * End with a failure.
   *
   * @param message what happened, and what to do
   * @param isFinal whether another attempt at the same work can only end in the same way; with
   *     another job file, image or profile the run may go on
   */
  record Fail(Failure.Kind kind, String message, boolean isFinal) implements NextStep {
    public Fail {
      requireNonNull(kind, "kind is null");
      requireNonNull(message, "message is null");
    }

    /** After which the same work may be launched again. */
    public Fail(Failure.Kind kind, String message) {
      this(kind, message, false);
    }

    public Failure failure() {
      return new Failure(kind, message);
    }
  }
}
