package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.Job;
import com.google.protobuf.CodedOutputStream;
import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.policy.JobReport;
import dev.alexnet.ops.launch.policy.NextStep;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptTimes;
import dev.alexnet.ops.launch.record.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Plans attempts, and submits them. */
final class Submission {
  private final BatchJobs jobs;
  private final JobSpecifications specifications;
  private final Runnable writesJobFile;

  /**
   * @param writesJobFile writes the job file to where the job reads it
   */
  Submission(BatchJobs jobs, JobSpecifications specifications, Runnable writesJobFile) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.specifications = requireNonNull(specifications, "specifications is null");
    this.writesJobFile = requireNonNull(writesJobFile, "writesJobFile is null");
  }

  /**
   * An attempt that is not submitted yet.
   *
   * @param number counts a run's attempts from 1
   * @param launch counts a run's launches from 1
   */
  Attempt plan(int number, int launch, NextStep.Submit step, Instant now) {
    Offer offer = step.offer();
    return new Attempt(
        number,
        launch,
        specifications.jobId(number),
        offer,
        hash(specifications.specification(number, offer, step.longest())),
        orNull(specifications.hourlyPrice(offer)),
        step.longest().map(Duration::toSeconds).orElse(null),
        AttemptTimes.recordedAt(now),
        null,
        null,
        Usage.NONE);
  }

  private static Double orNull(OptionalDouble price) {
    return price.isPresent() ? Double.valueOf(price.getAsDouble()) : null;
  }

  /** The same attempt with the specification that this program makes of it today. */
  Attempt renewed(Attempt attempt) {
    return attempt.withSpecification(hash(specification(attempt)));
  }

  /**
   * Submits an attempt that is recorded; once, however often this is called. The job file is
   * written only now, so that a terminal that could not record its attempt replaces nothing.
   */
  Attempt submit(Attempt attempt) {
    writesJobFile.run();
    Job job = jobs.submit(attempt.job(), specification(attempt));
    return attempt.seen(JobReport.of(job).created(), null);
  }

  private Job specification(Attempt attempt) {
    Optional<Duration> longest =
        Optional.ofNullable(attempt.longestSeconds()).map(Duration::ofSeconds);
    return specifications.specification(attempt.number(), attempt.offer(), longest);
  }

  /** Equal for equal jobs, whatever the order in their maps. */
  private static String hash(Job job) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
    stream.useDeterministicSerialization();
    try {
      job.writeTo(stream);
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return Sha256.of(bytes.toByteArray());
  }
}
