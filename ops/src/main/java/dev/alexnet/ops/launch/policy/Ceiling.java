package dev.alexnet.ops.launch.policy;

import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long the next task may run, so that a run keeps its limits. */
public final class Ceiling {
  /** Fetching data and a first checkpoint take most of this: a shorter task is not worth it. */
  public static final Duration USEFUL = Duration.ofMinutes(10);

  private static final double SECONDS_PER_HOUR = 3600;

  /** More than any task may run. */
  private static final double LONGEST_HOURS = 1e6;

  private Ceiling() {}

  /**
   * What the limits leave, less an allowance for the machine's start, which is charged too.
   *
   * @param hourlyPrice of the next machine in US dollars
   * @return empty if there is no limit; zero or negative if nothing is left
   */
  public static Optional<Duration> left(LaunchRecord record, double hourlyPrice, Instant now) {
    Limits limits = record.limits();
    if (!limits.areSet()) {
      return Optional.empty();
    }
    Usage used = record.usageUntil(now);
    double hours = limits.maxHours() == null ? LONGEST_HOURS : limits.maxHours() - used.hours();
    double affordable =
        limits.maxCost() == null ? LONGEST_HOURS : (limits.maxCost() - used.cost()) / hourlyPrice;
    long seconds = Math.round(Math.min(hours, affordable) * SECONDS_PER_HOUR);
    return Optional.of(Duration.ofSeconds(seconds).minus(Usage.START_UP));
  }
}
