package dev.alexnet.ops.runner;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.FileStagingOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResourcesOptions;

/**
 * A Spark cluster. Its executors run with the libraries of this process, in the same directories of
 * their machines, ahead of those of their Spark: driver and executors must have the same versions.
 */
final class SparkCluster implements Cluster {
  private static final String MASTER = "--sparkMaster";

  /** Spark reads its configuration from system properties, and Beam creates it without others. */
  private final Map<String, String> configuration;

  private final String master;

  SparkCluster(String master, OwnClassPath own) {
    this.master = master;
    this.configuration =
        Map.of(
            "spark.executor.extraClassPath",
            own.text(),
            // As the launcher sets them for this process.
            "spark.executor.extraJavaOptions",
            "-XX:TieredStopAtLevel=1 -Djava.awt.headless=true -Dfile.encoding=UTF-8",
            "spark.executorEnv.LC_ALL",
            "C.UTF-8",
            "spark.executorEnv.TF_CPP_MIN_LOG_LEVEL",
            "2",
            "spark.executorEnv.NVIDIA_TF32_OVERRIDE",
            "0");
  }

  /**
   * @return empty if Spark runs in this process
   */
  static Optional<SparkCluster> of(RunnerArguments arguments) {
    return Optional.ofNullable(System.getProperty("spark.master"))
        .or(() -> arguments.value(MASTER))
        .filter(master -> !master.startsWith("local"))
        .map(master -> new SparkCluster(master, OwnClassPath.ofThisProcess()));
  }

  @Override
  public List<String> defaults() {
    new SparkMaster(master).requireListener();
    // After spark-submit, only its property has it.
    return List.of(MASTER + "=" + master);
  }

  @Override
  public void complete(PipelineOptions options) {
    configuration.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
    if (options.as(FileStagingOptions.class).getFilesToStage() == null) {
      // Otherwise Beam would send the whole class path to each executor, behind Spark's own.
      options
          .as(PipelineResourcesOptions.class)
          .setPipelineResourcesDetector(classLoader -> List.of());
    }
  }
}
