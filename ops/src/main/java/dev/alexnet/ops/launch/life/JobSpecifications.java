package dev.alexnet.ops.launch.life;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.ops.launch.Offer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a run's attempts are, for the service. */
public interface JobSpecifications {

  /** The id of the job of an attempt. */
  String jobId(int attempt);

  /**
   * The job of an attempt; the same for the same arguments.
   *
   * @param attempt counts a run's attempts from 1
   * @param longest how long its task may run; empty for the service's own limit
   */
  Job specification(int attempt, Offer offer, Optional<Duration> longest);

  /** Of an offer's machine, in US dollars; empty if it is not known. */
  OptionalDouble hourlyPrice(Offer offer);
}
