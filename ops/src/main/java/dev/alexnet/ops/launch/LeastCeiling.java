package dev.alexnet.ops.launch;

import dev.alexnet.infra.settings.Problems;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Whether the ceiling of a new run leaves time for work on each of the terms to be tried. */
record LeastCeiling(LaunchPlan plan) {
  private static final double SECONDS_PER_HOUR = 3600;
  private static final double LEAST_SECONDS =
      MachineTime.START_UP.plus(MachineTime.USEFUL).toSeconds();

  void check(Problems problems) {
    OptionalDouble hours = plan.settings().maxHours();
    OptionalDouble cost = plan.settings().maxCost();
    boolean hoursAreEnough =
        isEnough(MachineTime.within(hours, OptionalDouble.empty(), OptionalDouble.empty()));
    problems.require(
        hoursAreEnough,
        "max-hours is %s, which leaves %s; give --max-hours %s or more",
        number(hours),
        tooLittle(),
        roundedUp(LEAST_SECONDS / SECONDS_PER_HOUR));
    List<Provisioning> wanted = plan.offers().stream().map(Offer::provisioning).distinct().toList();
    List<Provisioning> tooDear = wanted.stream().filter(terms -> !isPaid(terms)).toList();
    if (!tooDear.isEmpty()) {
      double dearest =
          tooDear.stream()
              .mapToDouble(terms -> plan.hourlyPrice(terms).orElseThrow())
              .max()
              .orElseThrow();
      problems.add(
          "max-cost is %s, which leaves %s on the terms %s; give --max-cost %s or more%s",
          number(cost),
          tooLittle(),
          words(tooDear, " and "),
          roundedUp(dearest * LEAST_SECONDS / SECONDS_PER_HOUR),
          whatIsPaid());
    }
  }

  /** Also terms that were not asked for. */
  private String whatIsPaid() {
    List<Provisioning> paid =
        Arrays.stream(Provisioning.values()).filter(plan::isPossible).filter(this::isPaid).toList();
    return paid.isEmpty() ? "" : ", or --provisioning " + words(paid, ",");
  }

  private boolean isPaid(Provisioning terms) {
    return isEnough(
        MachineTime.within(
            OptionalDouble.empty(), plan.settings().maxCost(), plan.hourlyPrice(terms)));
  }

  private static boolean isEnough(Optional<Duration> left) {
    return left.isEmpty() || left.get().compareTo(MachineTime.USEFUL) >= 0;
  }

  private static String tooLittle() {
    return "less than %d minutes of work after the %d minutes that the start of a machine counts for"
        .formatted(MachineTime.USEFUL.toMinutes(), MachineTime.START_UP.toMinutes());
  }

  private static String words(List<Provisioning> terms, String between) {
    return terms.stream().map(Provisioning::toString).collect(Collectors.joining(between));
  }

  private static String roundedUp(double least) {
    return BigDecimal.valueOf(least).setScale(2, RoundingMode.UP).toPlainString();
  }

  private static String number(OptionalDouble given) {
    return BigDecimal.valueOf(given.orElse(0)).stripTrailingZeros().toPlainString();
  }
}
