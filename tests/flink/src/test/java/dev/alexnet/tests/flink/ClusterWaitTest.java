package dev.alexnet.tests.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.engine.Interruption;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.engine.WorkCounters;
import dev.alexnet.tests.engine.FailingFn;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for jobs on a cluster, which is asked over HTTP as every cluster is. */
class ClusterWaitTest {
  @TempDir static Path directory;
  private static MiniCluster cluster;
  private static String address;
  private static Path nothing;

  @BeforeAll
  static void startCluster() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    URI rest = cluster.getRestAddress().get();
    address = rest.getHost() + ":" + rest.getPort();
    // Our classes are on the cluster's class path already.
    nothing = directory.resolve("nothing.jar");
    new JarOutputStream(Files.newOutputStream(nothing)).close();
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  private static PipelineRun run(Interruption interruption, String... more) {
    return runAt(address, interruption, more);
  }

  private static PipelineRun runAt(String master, Interruption interruption, String... more) {
    String[] options =
        Stream.concat(
                Stream.of(
                    "--runner=FlinkRunner",
                    "--flinkMaster=" + master,
                    "--parallelism=1",
                    "--fasterCopy=true",
                    "--filesToStage=" + nothing),
                Stream.of(more))
            .toArray(String[]::new);
    return new PipelineRun(PipelineOptionsFactory.fromArgs(options).create(), interruption);
  }

  private static Pipeline pipeline(PipelineRun run, String element, DoFn<String, Void> function) {
    Pipeline pipeline = run.pipeline("wait", Location.of(directory));
    pipeline.apply("Element", Create.of(element)).apply("Work", ParDo.of(function));
    return pipeline;
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BAD_DATA",
        "INPUT_MISSING",
        "OUTPUT_EXISTS",
        "INPUT_OUTPUT",
        "INTERRUPTED",
        "REMOTE"
      })
  void await_functionThatFailsOnTheCluster_keepsKindAndMessage(Failure.Kind kind) {
    PipelineRun run = run(Interruption.NEVER);

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> run.await(pipeline(run, kind.name(), new FailingFn()), counters -> {}));

    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(kind);
    String where =
        kind == Failure.Kind.INPUT_MISSING
            ? ". A worker of Flink at %s looked for it: all machines of the cluster must see the same files under the same path"
                .formatted(address)
            : "";
    assertThat(failure).hasMessage(FailingFn.MESSAGE + where);
  }

  @Test
  void await_functionWithABug_saysWhatTheClusterSays() {
    PipelineRun run = run(Interruption.NEVER);

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> run.await(pipeline(run, "no kind", new FailingFn()), counters -> {}));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REMOTE);
    assertThat(failure)
        .hasMessageStartingWith("The Flink job alexnet-wait-")
        .hasMessageContaining(" at " + address + " failed: ")
        .hasMessageContaining("No enum constant dev.alexnet.infra.failure.Failure.Kind.no kind");
  }

  @Test
  void await_jobThatIsDone_countsWhatItsWorkersCounted() {
    PipelineRun run = run(Interruption.NEVER);

    run.await(pipeline(run, "done", new CountingFn()), counters -> {});

    assertThat(run.metrics().images()).isEqualTo(3);
    assertThat(run.metrics().bytes()).isEqualTo(4096);
    assertThat(run.metrics().job()).startsWith("alexnet-wait-");
  }

  @Test
  void await_interrupted_cancelsTheJob() throws Exception {
    Path begun = directory.resolve("begun-to-be-cancelled");
    PipelineRun run = run(new InterruptionOnceThereIs(begun));

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> run.await(pipeline(run, begun.toString(), new EndlessFn()), counters -> {}));

    JobStatusMessage job = newest();
    assertThat(job.getJobState()).isEqualTo(JobStatus.CANCELED);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED);
    assertThat(failure)
        .hasMessage(
            "The Flink job %s (id %s) at %s was cancelled, because this command was interrupted. Finished shards are kept. Run the same command again to continue"
                .formatted(job.getJobName(), job.getJobId(), address));
  }

  @Test
  void await_interruptedWithDetach_leavesTheJobRunning() throws Exception {
    Path begun = directory.resolve("begun-to-be-left");
    PipelineRun run = run(new InterruptionOnceThereIs(begun), "--detachOnInterrupt");

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> run.await(pipeline(run, begun.toString(), new EndlessFn()), counters -> {}));

    JobStatusMessage job = newest();
    assertThat(job.getJobState()).isEqualTo(JobStatus.RUNNING);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED);
    assertThat(failure)
        .hasMessage(
            "The Flink job %s (id %s) at %s goes on without this command, which was interrupted. When the job has ended, run the same command again: it checks the output, and continues if the job failed"
                .formatted(job.getJobName(), job.getJobId(), address));
    cluster.cancelJob(job.getJobId()).get(60, TimeUnit.SECONDS);
  }

  private static JobStatusMessage newest() throws Exception {
    List<JobStatusMessage> jobs = List.copyOf(cluster.listJobs().get(60, TimeUnit.SECONDS));
    return jobs.stream()
        .max((one, other) -> Long.compare(one.getStartTime(), other.getStartTime()))
        .orElseThrow();
  }

  @Test
  void await_addressWhereNobodyIs_isAFailureOfTheRemoteService() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Path configuration = Files.createDirectories(directory.resolve("impatient"));
    Files.writeString(
        configuration.resolve("config.yaml"),
        """
        rest.retry.max-attempts: 1
        rest.retry.delay: 1
        """);
    PipelineRun run =
        runAt("localhost:" + free, Interruption.NEVER, "--flinkConfDir=" + configuration);

    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> run.await(pipeline(run, "nowhere", new CountingFn()), counters -> {}));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REMOTE);
    assertThat(failure)
        .hasMessageStartingWith("Flink at localhost:" + free + " cannot be reached: ")
        .hasMessageEndingWith(
            "Check its address and whether it is running, then run the same command again");
  }

  /** Interrupts as soon as a worker says that it has begun. */
  private record InterruptionOnceThereIs(Path file) implements Interruption {
    @Override
    public boolean isRequested() {
      return Files.exists(file);
    }

    @Override
    public boolean await(Duration most) {
      return Interruption.NEVER.await(Duration.ofMillis(100)) || isRequested();
    }

    @Override
    public <T> T heededBy(Supplier<T> work) {
      return work.get();
    }
  }

  static final class CountingFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter images = WorkCounters.images();
    private final Counter bytes = WorkCounters.bytes();

    @ProcessElement
    public void process() {
      images.inc(3);
      bytes.inc(4096);
    }
  }

  /** Writes the file that its element names, and ends only if it is interrupted. */
  static final class EndlessFn extends DoFn<String, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String begun) throws Exception {
      Files.createFile(Path.of(begun));
      new CountDownLatch(1).await();
    }
  }
}
