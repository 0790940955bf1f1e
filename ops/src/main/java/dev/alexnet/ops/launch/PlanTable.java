package dev.alexnet.ops.launch;

import dev.alexnet.ops.console.Table;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for the people who pay for it. */
public final class PlanTable {
  private static final double SECONDS_PER_HOUR = 3600;

  private PlanTable() {}

  /**
   * @param jobFile where the job file came from
   */
  public static Table of(LaunchPlan plan, String jobFile) {
    LaunchSettings settings = plan.settings();
    List<Provisioning> terms = plan.offers().stream().map(Offer::provisioning).distinct().toList();
    return new Table("launch", plan.run().value())
        .row(
            "environment", plan.contract().environment() + ", project " + plan.contract().project())
        .row("job file", jobFile)
        .row("work directory", plan.workdir().value())
        .row("image", settings.image())
        .row(
            "machine",
            "%s with %d %s"
                .formatted(
                    plan.machine().machineType(),
                    plan.machine().accelerators(),
                    plan.machine().accelerator()))
        .row(
            "price an hour",
            terms.stream()
                .map(each -> each + " " + price(plan, each))
                .collect(Collectors.joining(", then ")))
        .row(
            "zones",
            plan.offers().stream().map(Offer::zone).distinct().collect(Collectors.joining(", ")))
        .row(
            "attempts",
            "at most %d, each waiting at most %d minutes for a machine"
                .formatted(settings.maxAttempts(), settings.maxQueueWait().toMinutes()))
        .row(
            "ceiling",
            terms.stream()
                .map(each -> ceiling(plan, each))
                .distinct()
                .collect(Collectors.joining(", or ")))
        .row("account", plan.contract().serviceAccounts().job());
  }

  private static String price(LaunchPlan plan, Provisioning terms) {
    String price = "$%.2f".formatted(plan.hourlyPrice(terms));
    return terms == Provisioning.FLEX_START ? "at most " + price : price;
  }

  private static String ceiling(LaunchPlan plan, Provisioning terms) {
    Optional<Duration> longest = plan.longest(terms);
    if (longest.isEmpty()) {
      return "none; --max-hours or --max-cost sets one";
    }
    double hours = (double) longest.get().plus(MachineTime.START_UP).toSeconds() / SECONDS_PER_HOUR;
    return "%.1f hours of %s ($%.2f)".formatted(hours, terms, hours * plan.hourlyPrice(terms));
  }
}
