package dev.alexnet.infra.batch;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * The jobs of Google Cloud Batch in one project and region.
 *
 * <p>Every method may throw a {@link Failure}: of kind PERMISSION where the account may not do this
 * or its credentials have expired, of kind MISMATCH where the project or the API does not exist or
 * the service refuses the job as invalid, of kind REMOTE where it stays unavailable. The message
 * names the project, the account where it is known, and what to do.
 */
public interface BatchJobs extends AutoCloseable {

  /**
   * Submits a job. The same job under the same id is submitted once, however often this is called:
   * a job that is there already with an equal specification is returned as it is.
   *
   * @param id up to 63 lower-case letters, digits and hyphens; begins with a letter
   * @throws Failure of kind OUTPUT_EXISTS if another job has this id
   */
  Job submit(String id, Job specification);

  /** The job with its state and its events; empty if there is none. */
  Optional<Job> find(String id);

  /** The jobs that have this label, the newest first. */
  List<Job> labelled(String label, String value);

  /**
   * Asks for a job's cancellation; a job that has ended stays as it is. The state of a job says
   * when this has taken effect.
   */
  void cancel(String id);

  /** Ends the connection to the service. */
  @Override
  void close();
}
