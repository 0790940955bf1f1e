package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.ops.launch.MachineTime;
import dev.alexnet.ops.launch.Price;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What attempts used of machines.
 *
 * @param hours that a machine was there, with {@link MachineTime#START_UP} for each attempt that
 *     ran
 * @param cost in US dollars, by the hourly list price; null if a machine's price is not known
 */
public record Usage(
    @JsonProperty("hours") double hours,
    @JsonProperty("cost") @JsonInclude(JsonInclude.Include.NON_NULL) Double cost) {
  public static final Usage NONE = new Usage(0, 0.0);

  private static final double SECONDS_PER_HOUR = 3600;

  /**
   * @param running how long a task ran; zero if it never began
   * @param hourlyPrice in US dollars; null if it is not known
   */
  static Usage of(Duration running, Double hourlyPrice) {
    if (running.isZero()) {
      return NONE;
    }
    double hours = running.plus(MachineTime.START_UP).toSeconds() / SECONDS_PER_HOUR;
    return new Usage(hours, hourlyPrice == null ? null : Double.valueOf(hours * hourlyPrice));
  }

  static Usage sum(List<Usage> parts) {
    boolean isKnown = parts.stream().allMatch(part -> part.cost != null);
    return new Usage(
        parts.stream().mapToDouble(Usage::hours).sum(),
        isKnown ? Double.valueOf(parts.stream().mapToDouble(Usage::cost).sum()) : null);
  }

  /** The cost as {@code about $2.80}. */
  public String costInWords() {
    return cost == null ? "at an unknown price" : "about " + Price.of(cost);
  }

  /** As {@code 1.4 h, about $2.80}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f h, %s", hours, costInWords());
  }
}
