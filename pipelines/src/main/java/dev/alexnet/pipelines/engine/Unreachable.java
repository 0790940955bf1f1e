package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;

/** Tells an engine that cannot be reached from a fault of this program. */
final class Unreachable {
  private static final List<Class<?>> REASONS =
      List.of(ConnectException.class, UnknownHostException.class, SocketTimeoutException.class);

  private Unreachable() {}

  /** A failure of kind REMOTE if a connection is among the causes, or else what was thrown. */
  static RuntimeException failureOr(RuntimeException thrown, Engine engine) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      Throwable reason = cause;
      if (REASONS.stream().anyMatch(type -> type.isInstance(reason))) {
        return new Failure(
            Failure.Kind.REMOTE,
            "%s%s cannot be reached: %s. Check its address and whether it is running, then run the same command again"
                .formatted(engine.title(), engine.place(), reason.getMessage()),
            thrown);
      }
    }
    return thrown;
  }
}
