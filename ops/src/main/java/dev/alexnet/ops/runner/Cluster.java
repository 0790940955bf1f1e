package dev.alexnet.ops.runner;

import dev.alexnet.pipelines.engine.ClusterJobs;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;

/** An engine on other machines, and what it needs beyond the options that a user gives. */
interface Cluster {

  /**
   * @param runner as Beam names it
   * @param arguments Beam's options
   * @return empty if the engine runs in this process, or is a service
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE if the cluster's address is malformed
   */
  static Optional<Cluster> of(String runner, RunnerArguments arguments) {
    return switch (runner) {
      case "FlinkRunner" -> FlinkCluster.of(arguments).map(Cluster.class::cast);
      case "SparkRunner" -> SparkCluster.of(arguments).map(Cluster.class::cast);
      default -> Optional.empty();
    };
  }

  /**
   * Finds out whether the cluster can run our pipelines, if it can be asked.
   *
   * @return options that count unless the user has given them
   * @throws dev.alexnet.infra.failure.Failure of kind REMOTE if it does not answer, MISMATCH if it
   *     cannot run our pipelines
   */
  List<String> defaults();

  /**
   * Completes the options that Beam has read.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE if they would break the cluster
   */
  void complete(PipelineOptions options);

  /** What it tells of its jobs. */
  default ClusterJobs jobs() {
    return ClusterJobs.UNKNOWN;
  }
}
