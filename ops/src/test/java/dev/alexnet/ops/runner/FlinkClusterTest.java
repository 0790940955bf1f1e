package dev.alexnet.ops.runner;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.FileStagingOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkClusterTest {
  private static final OwnClassPath OWN =
      new OwnClassPath(
          List.of(
              Path.of("/opt/alexnet/lib/alexnet-model-1.jar"),
              Path.of("/opt/alexnet/lib/guava-33.jar"),
              Path.of("/opt/alexnet/engine/flink-core-1.19.0.jar"),
              Path.of("/opt/alexnet/engine/slf4j-api-2.jar"),
              Path.of("/checkout/target/classes")));

  private StubFlink flink;
  private FlinkCluster cluster;

  @BeforeEach
  void start() throws IOException {
    flink =
        new StubFlink()
            .answer(
                "/jobmanager/environment",
                "{\"classpath\":[\"/flink/lib/alexnet/alexnet-model-1.jar\",\"lib/guava-33.jar\",\"lib/flink-dist.jar\"]}");
    cluster = new FlinkCluster(FlinkRest.at(flink.address()), OWN);
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  @Test
  void defaults_librariesOnTheCluster_areOneWorkerForEachSlot() {
    assertThat(cluster.defaults()).containsExactly("--parallelism=6");
  }

  @Test
  void defaults_librariesMissing_namesOneAndSaysWhereTheyBelong() {
    flink.answer("/jobmanager/environment", "{\"classpath\":[\"lib/guava-32.jar\"]}");

    assertThatFailure(cluster::defaults)
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "The Flink cluster at %s lacks 2 of the 2 libraries that this program runs with, or has them in another version, such as alexnet-model-1.jar: put the distribution's lib into Flink's lib on every machine, restart the cluster, and run the same command again; docs/clusters.md says how"
                .formatted(flink.address()));
  }

  @Test
  void defaults_otherVersionOfFlink_isRefused() {
    flink.answer("/config", "{\"flink-version\":\"1.20.0\"}");

    assertThatFailure(cluster::defaults)
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "The Flink cluster at %s has version 1.20.0, but this program is built for Flink 1.19.x; start a cluster of that version"
                .formatted(flink.address()));
  }

  @Test
  void defaults_noTaskManagers_isRefused() {
    flink.answer("/overview", "{\"slots-total\":0}");

    assertThatFailure(cluster::defaults)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "The Flink cluster at %s has no task managers; start some, and run the same command again"
                .formatted(flink.address()));
  }

  @Test
  void defaults_nobodyAnswers_saysWhatToCheck() {
    flink.close();

    assertThatFailure(cluster::defaults)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageStartingWith("No Flink cluster answers at http://" + flink.address() + ": ")
        .hasMessageEndingWith("; check --flinkMaster, and whether the cluster runs");
  }

  @Test
  void defaults_unknownHost_saysSo() {
    // RFC 2606 keeps this domain from being given to anybody.
    Cluster nowhere =
        new FlinkCluster(FlinkRest.at("nowhere.invalid:8081"), OwnClassPath.ofThisProcess());

    assertThatFailure(nowhere::defaults)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "No Flink cluster answers at http://nowhere.invalid:8081: its host is unknown; check --flinkMaster, and whether the cluster runs");
  }

  @Test
  void defaults_somethingElseAnswers_saysWhatItSaid() {
    flink.answer("/config", "");

    assertThatFailure(cluster::defaults)
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "No Flink cluster answers at http://%s: it answers /config with 404; check --flinkMaster, and whether the cluster runs"
                .formatted(flink.address()));
  }

  @Test
  void defaults_portOfAnotherProtocol_saysWhichPortIsTheWebPages() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread closing = new Thread(() -> closeConnections(listener), "closing");
      closing.setDaemon(true);
      closing.start();
      Cluster wrong = new FlinkCluster(FlinkRest.at("localhost:" + listener.getLocalPort()), OWN);

      assertThatFailure(wrong::defaults)
          .isOfKind(Failure.Kind.REMOTE)
          .hasMessageContaining(
              ": what answers there is not Flink's web page, whose port is usually 8081; 6123 is that of its other protocol; check");
    }
  }

  private static void closeConnections(ServerSocket listener) {
    try {
      while (true) {
        Socket connection = listener.accept();
        connection.getInputStream().read(new byte[10_000]);
        connection.close();
      }
    } catch (IOException e) {
      // The listener is closed.
    }
  }

  @Test
  void complete_nothingToStage_stagesNothing() {
    PipelineOptions options = PipelineOptionsFactory.create();

    cluster.complete(options);

    assertThat(
            PipelineResources.detectClassPathResourcesToStage(getClass().getClassLoader(), options))
        .isEmpty();
  }

  @Test
  void complete_ownLibraryStaged_isRefused() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options
        .as(FileStagingOptions.class)
        .setFilesToStage(List.of("/mine/x.jar", "/copy/guava-33.jar"));

    assertThatFailure(() -> cluster.complete(options))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageStartingWith(
            "--filesToStage names /copy/guava-33.jar, which this program runs with: ");
  }

  @Test
  void complete_anotherFileStaged_isKept() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.as(FileStagingOptions.class).setFilesToStage(List.of("/mine/x.jar"));

    cluster.complete(options);

    assertThat(options.as(FileStagingOptions.class).getFilesToStage())
        .containsExactly("/mine/x.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[local]", "[auto]", "[collection]"})
  void of_flinkInThisProcess_isNoCluster(String master) {
    assertThat(FlinkCluster.of(new RunnerArguments(List.of("--flinkMaster=" + master)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "host:", "host:port", "ftp://host:1", ""})
  void of_noAddress_isRefused(String master) {
    assertThatFailure(
            () -> FlinkCluster.of(new RunnerArguments(List.of("--flinkMaster=" + master))))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("is neither HOST:PORT");
  }
}
