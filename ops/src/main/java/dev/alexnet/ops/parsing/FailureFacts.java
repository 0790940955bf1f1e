package dev.alexnet.ops.parsing;

import dev.alexnet.infra.failure.Failure;
import java.util.Locale;
import java.util.Map;

/** A failure for programs. */
public final class FailureFacts {
  private FailureFacts() {}

  public static Map<String, Object> of(Failure failure) {
    return of(failure.kind(), failure.getMessage());
  }

  /** The exit code, the kind in lower case, and the message for people. */
  public static Map<String, Object> of(Failure.Kind kind, String message) {
    return Map.of(
        "code", kind.exitCode(),
        "kind", kind.name().toLowerCase(Locale.ROOT),
        "message", message);
  }
}
