package dev.alexnet.pipelines.engine;

import java.util.Optional;
import java.util.function.Predicate;

/** What a cluster tells of its jobs, beyond Beam's interface. */
public interface ClusterJobs {
  /** Of an engine that cannot be asked, or whose jobs end with the command that started them. */
  ClusterJobs UNKNOWN = new UnknownJobs();

  /**
   * The name of a job that has not ended.
   *
   * @param wanted of the job's name
   * @return empty if there is none
   * @throws dev.alexnet.infra.failure.Failure of kind REMOTE if the cluster does not answer
   */
  Optional<String> active(Predicate<String> wanted);

  /**
   * What a job waits for while none of its tasks runs, as the end of a sentence that starts with
   * the job.
   *
   * @return empty if it does not wait
   * @throws dev.alexnet.infra.failure.Failure of kind REMOTE if the cluster does not answer
   */
  Optional<String> obstacle(String name);
}
