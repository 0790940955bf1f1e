package dev.alexnet.ops.launch;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** How long a task may run on a machine that is paid by the hour. */
public final class MachineTime {
  /**
   * What a machine is charged before its task begins: booting, installing drivers, and fetching the
   * image. The service does not tell how long that took, so this is an estimate on the high side.
   */
  public static final Duration START_UP = Duration.ofMinutes(10);

  /** Fetching data and a first checkpoint take most of this: a shorter task is not worth it. */
  public static final Duration USEFUL = Duration.ofMinutes(10);

  private static final double SECONDS_PER_HOUR = 3600;

  /** Longer than any task by far, and short enough for every calculation with durations. */
  private static final double MOST_HOURS = 1e9;

  private MachineTime() {}

  /**
   * The time of a task on the next machine, less the time that its start is charged for.
   *
   * @param hours of machines that may still be used; empty if there is no limit
   * @param dollars that may still be spent; empty if there is no limit
   * @param hourlyPrice of the machine in US dollars; empty if it is not known, and then nothing is
   *     left of a limit in dollars
   * @return empty if there is no limit; zero or negative if nothing is left
   */
  public static Optional<Duration> within(
      OptionalDouble hours, OptionalDouble dollars, OptionalDouble hourlyPrice) {
    double price = hourlyPrice.orElse(Double.POSITIVE_INFINITY);
    return DoubleStream.concat(hours.stream(), dollars.stream().map(left -> left / price))
        .min()
        .stream()
        .map(left -> Math.max(-MOST_HOURS, Math.min(MOST_HOURS, left)))
        .mapToObj(left -> Duration.ofSeconds(Math.round(left * SECONDS_PER_HOUR)))
        .map(time -> time.minus(START_UP))
        .findFirst();
  }
}
