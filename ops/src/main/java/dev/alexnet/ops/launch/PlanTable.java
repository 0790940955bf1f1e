package dev.alexnet.ops.launch;

import dev.alexnet.ops.console.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
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
    Table table =
        new Table("launch", plan.run().value())
            .row(
                "environment",
                plan.contract().environment() + ", project " + plan.contract().project())
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
            .row("price an hour", prices(plan, terms))
            .row(
                "zones",
                plan.offers().stream()
                    .map(Offer::zone)
                    .distinct()
                    .collect(Collectors.joining(", ")))
            .row(
                "attempts",
                "at most %d; each waits at most %d minutes for a machine, and has it for %s"
                    .formatted(
                        settings.maxAttempts(),
                        settings.maxQueueWait().toMinutes(),
                        longest(plan, terms)))
            .row(
                "ceiling",
                terms.stream()
                    .map(each -> ceiling(plan, each))
                    .distinct()
                    .collect(Collectors.joining(", or ")))
            .row("account", plan.contract().serviceAccounts().job());
    return settings.deterministic()
        ? table.row("deterministic", "yes: GPUs give the same bits each time, and are slower")
        : table;
  }

  private static String prices(LaunchPlan plan, List<Provisioning> terms) {
    String known =
        plan.machine().hourlyPrice() == null
            ? "unknown: the contract has no hourly_price"
            : terms.stream()
                .map(each -> each + " " + price(plan, each))
                .collect(Collectors.joining(", then "));
    return known
        + plan.impossible().stream()
            .map(
                each ->
                    "; no %s, which %s cannot have".formatted(each, plan.machine().machineType()))
            .collect(Collectors.joining());
  }

  private static String price(LaunchPlan plan, Provisioning terms) {
    String price = Price.of(plan.hourlyPrice(terms).orElseThrow());
    return terms == Provisioning.FLEX_START ? "at most " + price : price;
  }

  /** As {@code at most 14 days (7 of flex-start)}, unless the ceiling is lower anyway. */
  private static String longest(LaunchPlan plan, List<Provisioning> terms) {
    long underTheCeiling = terms.stream().filter(each -> isUnderTheCeiling(plan, each)).count();
    if (underTheCeiling == terms.size()) {
      return "as long as the ceiling allows";
    }
    Duration longest = terms.stream().map(Provisioning::longest).max(Duration::compareTo).get();
    return "at most "
        + longest.toDays()
        + " days"
        + terms.stream()
            .filter(each -> each.longest().compareTo(longest) < 0)
            .map(each -> " (%d of %s)".formatted(each.longest().toDays(), each))
            .collect(Collectors.joining())
        + (underTheCeiling == 0 ? "" : ", or as long as the ceiling allows");
  }

  /** Whether the ceiling ends a task before the service would. */
  private static boolean isUnderTheCeiling(LaunchPlan plan, Provisioning terms) {
    return plan.longest(terms).filter(left -> left.compareTo(terms.longest()) < 0).isPresent();
  }

  private static String ceiling(LaunchPlan plan, Provisioning terms) {
    Optional<Duration> longest = plan.longest(terms);
    if (longest.isEmpty()) {
      return "none; --max-hours or --max-cost sets one";
    }
    double hours = (double) longest.get().plus(MachineTime.START_UP).toSeconds() / SECONDS_PER_HOUR;
    OptionalDouble price = plan.hourlyPrice(terms);
    return String.format(
        Locale.ROOT,
        "%,.2f hours of %s (%s)",
        hours,
        terms,
        price.isPresent() ? Price.of(hours * price.getAsDouble()) : "at an unknown price");
  }
}
