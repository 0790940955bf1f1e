package dev.alexnet.ops.runner;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.options.FileStagingOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparkClusterTest {
  private static final OwnClassPath OWN =
      new OwnClassPath(List.of(Path.of("/opt/lib/a.jar"), Path.of("/opt/lib/b.jar")));

  private final PipelineOptions options = PipelineOptionsFactory.create();

  @AfterEach
  void forget() {
    System.getProperties().keySet().removeIf(name -> name.toString().startsWith("spark."));
  }

  @Test
  void complete_nothingConfigured_runsExecutorsLikeThisProcess() {
    new SparkCluster("spark://host:7077", OWN).complete(options);

    TreeMap<String, String> configured = new TreeMap<>();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("spark."))
        .forEach(name -> configured.put(name, System.getProperty(name)));
    assertThat(configured)
        .containsOnlyKeys(
            "spark.executor.extraClassPath",
            "spark.executor.extraJavaOptions",
            "spark.executorEnv.LC_ALL",
            "spark.executorEnv.NVIDIA_TF32_OVERRIDE",
            "spark.executorEnv.TF_CPP_MIN_LOG_LEVEL")
        .containsEntry("spark.executor.extraClassPath", "/opt/lib/a.jar:/opt/lib/b.jar")
        .containsEntry("spark.executorEnv.NVIDIA_TF32_OVERRIDE", "0");
    assertThat(
            PipelineResources.detectClassPathResourcesToStage(getClass().getClassLoader(), options))
        .isEmpty();
  }

  @Test
  void complete_userHasConfigured_keepsIt() {
    System.setProperty("spark.executor.extraClassPath", "/elsewhere/*");
    options.as(FileStagingOptions.class).setFilesToStage(List.of("/mine/x.jar"));

    new SparkCluster("spark://host:7077", OWN).complete(options);

    assertThat(System.getProperty("spark.executor.extraClassPath")).isEqualTo("/elsewhere/*");
    assertThat(options.as(FileStagingOptions.class).getFilesToStage())
        .containsExactly("/mine/x.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[4]", "local[2,1000]"})
  void of_sparkInThisProcess_isNoCluster(String master) {
    assertThat(of("--sparkMaster=" + master)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://host:7077", "yarn", "k8s://https://host"})
  void of_anotherMaster_isACluster(String master) {
    assertThat(of("--sparkMaster=" + master)).isTrue();
  }

  @Test
  void of_submitted_isTheMasterOfSparkSubmit() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String master = "spark://localhost:" + listener.getLocalPort();
      System.setProperty("spark.master", master);

      assertThat(SparkCluster.of(new RunnerArguments(List.of())).orElseThrow().defaults())
          .containsExactly("--sparkMaster=" + master);
    }
  }

  @Test
  void defaults_nobodyListens_saysWhatToCheck() throws IOException {
    int free;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = listener.getLocalPort();
    }
    String master = "spark://localhost:" + free;

    assertThatFailure(new SparkCluster(master, OWN)::defaults)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "No Spark master answers at %s: it cannot be connected to; check --sparkMaster, and whether the cluster runs"
                .formatted(master));
  }

  @Test
  void defaults_oneOfTwoMastersListens_isEnough() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String master = "spark://nowhere.invalid:7077,localhost:" + listener.getLocalPort();

      assertThat(new SparkCluster(master, OWN).defaults())
          .containsExactly("--sparkMaster=" + master);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "spark://nowhere.invalid:7077, its host is unknown",
    "spark://localhost:77077, there is no port 77077"
  })
  void defaults_addressOfNobody_saysWhy(String master, String reason) {
    assertThatFailure(new SparkCluster(master, OWN)::defaults)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageStartingWith("No Spark master answers at " + master + ": " + reason + ";");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://host", "spark://", "host:7077", "http://host:8080"})
  void defaults_noMaster_isRefused(String master) {
    assertThatFailure(new SparkCluster(master, OWN)::defaults)
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageStartingWith("--sparkMaster=" + master + " is neither spark://HOST:PORT, ");
  }

  private static boolean of(String... arguments) {
    return SparkCluster.of(new RunnerArguments(List.of(arguments))).isPresent();
  }
}
