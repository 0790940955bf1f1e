package dev.alexnet.ops.launch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * An attempt that is about to be submitted.
 *
 * @param attempt counts a run's attempts from 1
 * @param longest how long its task may run; empty for the service's own limit
 * @param used what earlier attempts at the run have used, in words; empty if there were none
 */
public record Proposal(int attempt, Offer offer, Optional<Duration> longest, String used) {
  public Proposal {
    requireNonNull(offer, "offer is null");
    requireNonNull(longest, "longest is null");
    requireNonNull(used, "used is null");
  }

  /** The first attempt at a new run: the first offer, with the whole ceiling. */
  public static Proposal first(LaunchPlan plan) {
    Offer offer = plan.offers().get(0);
    return new Proposal(1, offer, plan.longest(offer.provisioning()), "");
  }
}
