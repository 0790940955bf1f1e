package dev.alexnet.tests.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.cluster.BoundJava;
import dev.alexnet.tests.cluster.TestCluster;
import dev.alexnet.tests.engine.ClusterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;

/** A Spark cluster without a resource manager of another kind. */
class SparkClusterTest extends ClusterContract {
  @Override
  protected TestCluster cluster(Path directory) throws IOException {
    return new SparkStandaloneCluster(directory);
  }

  /** As the script {@code spark-submit} starts it in client mode, whose class path it completes. */
  @Test
  void convert_bySparkSubmit_writesTheBytesOfTheDirectRunner() throws Exception {
    SparkStandaloneCluster spark = (SparkStandaloneCluster) cluster;
    Path nothing = directory.resolve("nothing.jar");
    new JarOutputStream(Files.newOutputStream(nothing)).close();
    List<String> words =
        new ArrayList<>(
            List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                spark.master(),
                "--class",
                "dev.alexnet.ops.cli.Main",
                "--conf",
                "spark.executor.extraClassPath=" + System.getProperty("java.class.path"),
                nothing.toString()));
    words.addAll(convertCommand("submitted"));
    words.addAll(List.of("--", "--runner=SparkRunner"));

    AlexnetProcess.Ended ended =
        AlexnetProcess.of(
                BoundJava.builder(
                    directory, spark.javaOptions(), List.of(), words, spark.environment()),
                directory)
            .await();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertSameBytes("convert", "submitted");
    assertThat(cluster.activeJobs()).isEmpty();
  }

  @Test
  void detachOnInterrupt_driverIsTheCommand_isRefused() throws Exception {
    List<String> engine = new ArrayList<>(cluster.options());
    engine.add("--detachOnInterrupt");

    AlexnetProcess.Ended ended = terminatedAfterAShard("never-detached", engine);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(64);
    assertThat(ended.err())
        .contains("--detachOnInterrupt is not possible with --runner=SparkRunner")
        .contains("because the job ends with this process; leave it out");
    assertThat(directory.resolve("never-detached")).doesNotExist();
  }
}
