package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What all attempts at a run may use together.
 *
 * @param maxHours of a machine; null for no limit
 * @param maxCost in US dollars, by list prices; null for no limit
 */
public record Limits(
    @JsonProperty("max_hours") Double maxHours, @JsonProperty("max_cost") Double maxCost) {
  public Limits {
    new Problems("limits")
        .require(isAmount(maxHours), "max_hours is %s; it must be above 0", maxHours)
        .require(isAmount(maxCost), "max_cost is %s; it must be above 0", maxCost)
        .throwIfAny();
  }

  private static boolean isAmount(Double value) {
    return value == null || (value > 0 && value < Double.POSITIVE_INFINITY);
  }

  /** The options that differ, with their values there and here; empty if none does. */
  List<String> differencesFrom(Limits other) {
    return new Differences()
        .between(LaunchSettings.MAX_HOURS, other.maxHours, maxHours)
        .between(LaunchSettings.MAX_COST, other.maxCost, maxCost)
        .found();
  }

  /** Whether there is one. */
  public boolean areSet() {
    return maxHours != null || maxCost != null;
  }

  /** As {@code 2.50 hours and $20.00}; {@code none} if there is none. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (maxHours != null) {
      parts.add(String.format(Locale.ROOT, "%.2f hours", maxHours));
    }
    if (maxCost != null) {
      parts.add(Price.of(maxCost));
    }
    return parts.isEmpty() ? "none" : String.join(" and ", parts);
  }
}
