package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.ops.launch.JobSpecification;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.Offer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** The jobs that a plan makes. */
record PlannedSpecifications(LaunchPlan plan) implements JobSpecifications {
  PlannedSpecifications {
    requireNonNull(plan, "plan is null");
  }

  @Override
  public String jobId(int attempt) {
    return plan.settings().run().jobId(attempt);
  }

  @Override
  public Job specification(int attempt, Offer offer, Optional<Duration> longest) {
    return new JobSpecification(plan).job(attempt, offer, longest);
  }

  @Override
  public OptionalDouble hourlyPrice(Offer offer) {
    return plan.hourlyPrice(offer.provisioning());
  }
}
