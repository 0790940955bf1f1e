package dev.alexnet.infra.testing.gcs;

import java.util.Map;

/** The service refuses a request with a status. */
@SuppressWarnings("serial")
final class Refusal extends RuntimeException {
  private final int status;
  private final boolean plain;

  Refusal(int status, String message) {
    this(status, message, false);
  }

  private Refusal(int status, String message, boolean plain) {
    super(message);
    this.status = status;
    this.plain = plain;
  }

  static Refusal notFound(String what) {
    return new Refusal(404, "No such object: " + what);
  }

  /** One that the service explains in plain text instead of JSON. */
  static Refusal plain(int status, String message) {
    return new Refusal(status, message, true);
  }

  int status() {
    return status;
  }

  Answer answer() {
    return plain
        ? Answer.media(status, Map.of("Content-Type", "text/plain"), Body.of(getMessage()))
        : Answer.error(status, getMessage());
  }
}
