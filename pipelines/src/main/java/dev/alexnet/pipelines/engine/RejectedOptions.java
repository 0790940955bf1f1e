package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import java.util.Arrays;

/** Tells options that an engine does not accept from a fault of this program. */
final class RejectedOptions {
  /** Beam's method that makes a runner of options. */
  private static final String MAKING_A_RUNNER = "fromOptions";

  private RejectedOptions() {}

  /** A failure of kind USAGE if the runner refused its options, or else what was thrown. */
  static RuntimeException failureOr(RuntimeException thrown, Engine engine) {
    boolean refused =
        thrown instanceof IllegalArgumentException
            && Arrays.stream(thrown.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(MAKING_A_RUNNER));
    return refused
        ? new Failure(
            Failure.Kind.USAGE,
            engine.title() + " rejected the options after '--': " + thrown.getMessage(),
            thrown)
        : thrown;
  }
}
