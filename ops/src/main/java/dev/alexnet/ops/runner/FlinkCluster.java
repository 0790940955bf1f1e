package dev.alexnet.ops.runner;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.pipelines.engine.ClusterJobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.FileStagingOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResourcesOptions;

/**
 * A Flink session cluster. It has our libraries on its class path; they are not sent with a job,
 * because Flink gives each job a class loader of its own, and TensorFlow's native library ends the
 * process that loads it twice.
 */
final class FlinkCluster implements Cluster {
  private static final String MASTER = "--flinkMaster";
  private static final String VERSION = "1.19.";
  private static final String ADVICE =
      "put the distribution's lib into Flink's lib on every machine, restart the cluster, and run the same command again; docs/clusters.md says how";

  private final FlinkRest rest;
  private final OwnClassPath own;

  FlinkCluster(FlinkRest rest, OwnClassPath own) {
    this.rest = rest;
    this.own = own;
  }

  /**
   * @return empty if Flink runs in this process
   */
  static Optional<FlinkCluster> of(RunnerArguments arguments) {
    return arguments
        .value(MASTER)
        .filter(master -> !master.startsWith("["))
        .map(master -> new FlinkCluster(FlinkRest.at(master), OwnClassPath.ofThisProcess()));
  }

  @Override
  public List<String> defaults() {
    String version = rest.version();
    if (!version.startsWith(VERSION)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The Flink cluster at %s has version %s, but this program is built for Flink %sx; start a cluster of that version"
              .formatted(rest, version, VERSION));
    }
    requireLibraries();
    int slots = rest.slots();
    if (slots == 0) {
      throw new Failure(
          Failure.Kind.REMOTE,
          "The Flink cluster at %s has no task managers; start some, and run the same command again"
              .formatted(rest));
    }
    // Flink's default is one shard at a time.
    return List.of("--parallelism=" + slots);
  }

  private void requireLibraries() {
    Set<String> missing = new TreeSet<>(own.jarsForFlink());
    rest.classPath().forEach(entry -> missing.remove(Path.of(entry).getFileName().toString()));
    if (!missing.isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The Flink cluster at %s lacks %,d of the %,d libraries that this program runs with, or has them in another version, such as %s: %s"
              .formatted(
                  rest,
                  missing.size(),
                  own.jarsForFlink().size(),
                  representative(missing),
                  ADVICE));
    }
  }

  /** Our own first, since these change most often. */
  private static String representative(Set<String> missing) {
    return missing.stream()
        .filter(name -> name.startsWith("alexnet-"))
        .findFirst()
        .orElseGet(() -> missing.iterator().next());
  }

  @Override
  public void complete(PipelineOptions options) {
    List<String> staged = options.as(FileStagingOptions.class).getFilesToStage();
    if (staged != null) {
      staged.forEach(this::refuse);
    }
    // Otherwise Beam would stage the whole class path.
    options
        .as(PipelineResourcesOptions.class)
        .setPipelineResourcesDetector(classLoader -> List.of());
  }

  @Override
  public ClusterJobs jobs() {
    return new FlinkJobs(rest);
  }

  private void refuse(String staged) {
    Path name = Path.of(staged).getFileName();
    if (own.entries().stream().anyMatch(entry -> entry.getFileName().equals(name))) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--filesToStage names %s, which this program runs with: Flink would load it again for each job, and the second job would abort the workers, because TensorFlow can be loaded only once. Leave it out; instead, %s"
              .formatted(staged, ADVICE));
    }
  }
}
