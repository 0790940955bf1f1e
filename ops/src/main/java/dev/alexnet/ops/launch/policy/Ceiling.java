package dev.alexnet.ops.launch.policy;

import dev.alexnet.ops.launch.MachineTime;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long the next task may run, so that a run keeps its limits. */
public final class Ceiling {
  private Ceiling() {}

  /**
   * What the limits leave, less an allowance for the machine's start, which is charged too.
   *
   * @param hourlyPrice of the next machine in US dollars; empty if it is not known
   * @return empty if there is no limit; zero or negative if nothing is left
   */
  public static Optional<Duration> left(
      LaunchRecord record, OptionalDouble hourlyPrice, Instant now) {
    Limits limits = record.limits();
    Usage used = record.usageUntil(now);
    return MachineTime.within(
        rest(limits.maxHours(), used.hours()), rest(limits.maxCost(), used.cost()), hourlyPrice);
  }

  /** Of a limit against which an unknown amount was used, nothing is left. */
  private static OptionalDouble rest(Double limit, Double used) {
    return limit == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(used == null ? 0 : limit - used);
  }
}
