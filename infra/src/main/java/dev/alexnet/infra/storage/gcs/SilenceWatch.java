package dev.alexnet.infra.storage.gcs;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Tells the user that a service does not respond, long before its requests are given up: once for
 * each silence. A response with an error that passes is silence too. Safe for use by many threads.
 */
final class SilenceWatch {
  /** How long a service is silent before the user is told. */
  static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final RetryClock clock;
  private final Consumer<String> notices;
  // Since when each request has been waited for.
  private final Map<Attempts, Long> waiting = new ConcurrentHashMap<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile long lastResponse;

  SilenceWatch(RetryClock clock, Consumer<String> notices) {
    this.clock = clock;
    this.notices = notices;
    this.lastResponse = clock.nanoTime();
  }

  /** One that nobody listens to. */
  static SilenceWatch unheard(RetryClock clock) {
    return new SilenceWatch(clock, notice -> {});
  }

  /** One that looks by itself, from a thread of its own, for as long as the process lives. */
  static SilenceWatch started(RetryClock clock, Consumer<String> notices) {
    SilenceWatch watch = new SilenceWatch(clock, notices);
    Thread thread = new Thread(watch::lookForEver, "gcs-silence-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void lookForEver() {
    try {
      while (true) {
        clock.sleep(BETWEEN_LOOKS);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void begin(Attempts request) {
    waiting.putIfAbsent(request, clock.nanoTime());
  }

  /** The request succeeded, or is given up. */
  void end(Attempts request) {
    waiting.remove(request);
  }

  /** The service responded to any request. */
  void responded() {
    lastResponse = clock.nanoTime();
    told.set(false);
  }

  /** Tells the user if the service has been silent for too long, and nobody was told. */
  void look() {
    long now = clock.nanoTime();
    waiting.entrySet().stream()
        .filter(request -> isSilent(request.getValue(), now))
        .min(Comparator.comparingLong(request -> request.getValue() - now))
        .filter(request -> told.compareAndSet(false, true))
        .ifPresent(request -> notices.accept(request.getKey().silence()));
  }

  private boolean isSilent(long since, long now) {
    long silence = Math.min(now - since, now - lastResponse);
    return silence >= PATIENCE.toNanos();
  }
}
