package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says if a job does not go on, because engines wait for hours without a word. */
final class JobWatch {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ClusterJobs jobs;
  private final String name;
  private final Consumer<String> notices;
  private final LongSupplier nanoseconds;
  private long lookedAt;
  private long goingOnAt;
  private boolean isTold;

  /**
   * @param nanoseconds a clock that is never set back
   */
  JobWatch(ClusterJobs jobs, String name, Consumer<String> notices, LongSupplier nanoseconds) {
    this.jobs = jobs;
    this.name = name;
    this.notices = notices;
    this.nanoseconds = nanoseconds;
    this.lookedAt = nanoseconds.getAsLong();
    this.goingOnAt = lookedAt;
  }

  /** Looks now and then, and says once what the job has been waiting for since a while. */
  void look() {
    long now = nanoseconds.getAsLong();
    if (now - lookedAt < BETWEEN_LOOKS.toNanos()) {
      return;
    }
    lookedAt = now;
    Optional<String> obstacle = obstacle();
    if (obstacle.isEmpty()) {
      goingOnAt = now;
      isTold = false;
    } else if (!isTold && now - goingOnAt >= PATIENCE.toNanos()) {
      notices.accept("The job " + name + obstacle.get());
      isTold = true;
    }
  }

  private Optional<String> obstacle() {
    try {
      return jobs.obstacle(name);
    } catch (Failure e) {
      // Whoever waits for the job notices a cluster that does not answer.
      return Optional.empty();
    }
  }
}
