package dev.alexnet.infra.storage.gcs;

import java.time.Duration;

/**
 * How long requests to Cloud Storage are waited for and tried again.
 *
 * <p>A request is tried again after {@code firstDelay}, then after twice that, and so on up to
 * {@code longestDelay}; each delay is shortened at random by up to a half, so that many machines do
 * not come back at once. Bytes that arrive start the count anew. A try that began within a limit is
 * waited for, so that the failure comes up to one timeout after the limit.
 *
 * @param firstDelay before the second try
 * @param longestDelay between two tries
 * @param unreachable for how long tries begin while the host is unknown or does not let anybody
 *     connect, and never responded before
 * @param unavailable for how long tries begin while the service responds with 408, 429 or 5xx,
 *     breaks connections, or is silent
 * @param connectTimeout for a connection to be made
 * @param readTimeout between two pieces of a response
 * @param writeTimeout for the body of one request, of at most 16 MiB
 */
public record GcsRetries(
    Duration firstDelay,
    Duration longestDelay,
    Duration unreachable,
    Duration unavailable,
    Duration connectTimeout,
    Duration readTimeout,
    Duration writeTimeout) {

  /**
   * An unreachable host or bad credentials are reported within 10 seconds; an unavailable service
   * after two minutes, or two minutes and a timeout.
   */
  public static GcsRetries standard() {
    return new GcsRetries(
        Duration.ofMillis(250),
        Duration.ofSeconds(16),
        Duration.ofSeconds(5),
        Duration.ofMinutes(2),
        Duration.ofSeconds(4),
        Duration.ofSeconds(30),
        Duration.ofSeconds(100));
  }

  /** The same, but giving up sooner. */
  GcsRetries within(Duration time) {
    return new GcsRetries(
        firstDelay, longestDelay, time, time, connectTimeout, readTimeout, writeTimeout);
  }

  /**
   * The delay after some tries.
   *
   * @param tries that failed, at least 1
   * @param chance from 0 to 1; 1 for the longest delay
   */
  Duration delay(int tries, double chance) {
    double doubled = (double) firstDelay.toMillis() * Math.pow(2, tries - 1);
    double capped = Math.min(doubled, (double) longestDelay.toMillis());
    return Duration.ofNanos((long) (capped * 1e6 * (1 + chance) / 2));
  }
}
