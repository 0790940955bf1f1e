package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.ops.launch.MachineTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What attempts used of machines.
 *
 * @param hours that a machine was there, with {@link MachineTime#START_UP} for each attempt that
 *     ran
 * @param cost in US dollars, by the hourly list price
 */
public record Usage(@JsonProperty("hours") double hours, @JsonProperty("cost") double cost) {
  public static final Usage NONE = new Usage(0, 0);

  private static final double SECONDS_PER_HOUR = 3600;

  /**
   * @param running how long a task ran; zero if it never began
   * @param hourlyPrice in US dollars
   */
  static Usage of(Duration running, double hourlyPrice) {
    if (running.isZero()) {
      return NONE;
    }
    double hours = running.plus(MachineTime.START_UP).toSeconds() / SECONDS_PER_HOUR;
    return new Usage(hours, hours * hourlyPrice);
  }

  static Usage sum(List<Usage> parts) {
    return new Usage(
        parts.stream().mapToDouble(Usage::hours).sum(),
        parts.stream().mapToDouble(Usage::cost).sum());
  }

  /** As {@code 1.4 h, about $2.80}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f h, about $%.2f", hours, cost);
  }
}
