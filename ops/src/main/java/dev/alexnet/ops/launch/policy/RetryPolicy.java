package dev.alexnet.ops.launch.policy;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.MachineTime;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Price;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Decides what follows the end of an attempt. It looks only at the run's record. */
public final class RetryPolicy {
  private final Function<Offer, OptionalDouble> hourlyPrice;

  /**
   * @param hourlyPrice of an offer's machine, in US dollars; empty if it is not known
   */
  public RetryPolicy(Function<Offer, OptionalDouble> hourlyPrice) {
    this.hourlyPrice = requireNonNull(hourlyPrice, "hourlyPrice is null");
  }

  /** What follows the latest attempt, which has ended, within the launch that it belongs to. */
  public NextStep next(LaunchRecord record, Instant now) {
    Optional<Attempt> latest = record.latest();
    if (latest.isEmpty()) {
      return fresh(record, now);
    }
    Attempt attempt = latest.get();
    return switch (attempt.end().cause()) {
      case SUCCEEDED -> new NextStep.Done();
      case PREEMPTED, RETRYABLE -> again(record, attempt, now);
      case TIME_LIMIT ->
          record.limits().areSet() ? EndAdvice.of(record, attempt) : again(record, attempt, now);
      case NO_CAPACITY ->
          submit(record, following(record, attempt.offer(), false), now)
              .orElseGet(() -> EndAdvice.of(record, attempt));
      case QUOTA ->
          submit(record, following(record, attempt.offer(), true), now)
              .orElseGet(() -> EndAdvice.of(record, attempt));
      default -> EndAdvice.of(record, attempt);
    };
  }

  /** The first attempt of a new launch. */
  public NextStep fresh(LaunchRecord record, Instant now) {
    return submit(record, Optional.of(first(record)), now).orElseThrow();
  }

  private NextStep again(LaunchRecord record, Attempt attempt, Instant now) {
    return record.attemptsThatRan() >= record.policy().maxAttempts()
        ? EndAdvice.of(record, attempt)
        : fresh(record, now);
  }

  private static Offer first(LaunchRecord record) {
    return record.policy().offers().get(0);
  }

  /**
   * The next offer to try.
   *
   * @param otherProvisioning because a quota covers all zones of a region, but Spot machines have
   *     one of their own
   */
  private static Optional<Offer> following(
      LaunchRecord record, Offer tried, boolean otherProvisioning) {
    List<Offer> offers = record.policy().offers();
    // The offer is not in the list if the run was launched again with other settings.
    return offers.stream()
        .skip(offers.indexOf(tried) + 1L)
        .filter(offer -> !otherProvisioning || offer.provisioning() != tried.provisioning())
        .findFirst();
  }

  private Optional<NextStep> submit(LaunchRecord record, Optional<Offer> next, Instant now) {
    return next.map(
        offer -> {
          OptionalDouble price = hourlyPrice.apply(offer);
          Optional<Duration> longest = Ceiling.left(record, price, now);
          return longest.isPresent() && longest.get().compareTo(MachineTime.USEFUL) < 0
              ? exhausted(record, price, now)
              : new NextStep.Submit(offer, longest);
        });
  }

  private static NextStep exhausted(LaunchRecord record, OptionalDouble price, Instant now) {
    return new NextStep.Fail(
        Failure.Kind.MISMATCH,
        String.format(
            Locale.ROOT,
            "The run %s has used %s, and its limits (%s) leave less than %d minutes of work at %s"
                + " after the %d minutes that a machine's start may take. Nothing was submitted."
                + " Launch it again with higher limits to go on from its last checkpoint",
            record.run(),
            record.usageUntil(now),
            record.limits(),
            MachineTime.USEFUL.toMinutes(),
            Price.anHour(price),
            MachineTime.START_UP.toMinutes()));
  }
}
