package dev.alexnet.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.cluster.FullDisk;
import dev.alexnet.tests.cluster.TestCluster;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a cluster of separate processes must do: write the bytes that the direct runner writes, also
 * if a worker is killed. A subclass says which cluster.
 */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ClusterContract {
  private static final int PER_CLASS = 667;
  private static final int SHARDS = 12;
  private static final String DIRECT = "--targetParallelism=2";

  @TempDir protected static Path directory;
  protected TestCluster cluster;
  private SampleJob job;
  private Dataset data;
  private Location model;
  private ClusterCommands commands;

  protected abstract TestCluster cluster(Path directory) throws Exception;

  /** A pipeline, as it is run with options of an engine and another name of its output. */
  private interface Work {
    void run(String output, String... options) throws Exception;
  }

  @BeforeAll
  void runDirectly() throws Exception {
    job = SampleJob.draw(directory, PER_CLASS, SHARDS);
    job.convert("convert", SampleJob.REJECTED, DIRECT);
    data = Dataset.open(ObjectStores.standard(), Location.of(directory.resolve("convert")));
    assertThat(data.manifest().records()).isEqualTo(3 * PER_CLASS - SampleJob.REJECTED);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
    job.augment("convert", "augment", DIRECT);
    job.score(data, model, "score", 50, DIRECT);
    job.features(data, model, "features", DIRECT);
    cluster = cluster(directory.resolve("cluster")).started();
    commands = new ClusterCommands(directory, cluster, SHARDS);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  protected final String[] engine() {
    return cluster.options().toArray(String[]::new);
  }

  @Test
  void convert_onTheCluster_writesTheBytesOfTheDirectRunner() throws Exception {
    assertSameBytes("convert", this::convert);
  }

  @Test
  void augment_onTheCluster_writesTheBytesOfTheDirectRunner() throws Exception {
    assertSameBytes("augment", this::augment);
  }

  @Test
  void score_onTheCluster_writesTheBytesOfTheDirectRunner() throws Exception {
    assertSameBytes("score", this::score);
  }

  @Test
  void features_onTheCluster_writesTheBytesOfTheDirectRunner() throws Exception {
    assertSameBytes("features", this::features);
  }

  @Test
  void convert_aWorkerKilled_writesTheSameBytes() throws Exception {
    assertSameBytesIfAWorkerIsKilled("convert", this::convert);
  }

  @Test
  void augment_aWorkerKilled_writesTheSameBytes() throws Exception {
    assertSameBytesIfAWorkerIsKilled("augment", this::augment);
  }

  @Test
  void score_aWorkerKilled_writesTheSameBytes() throws Exception {
    assertSameBytesIfAWorkerIsKilled("score", this::score);
  }

  @Test
  void features_aWorkerKilled_writesTheSameBytes() throws Exception {
    assertSameBytesIfAWorkerIsKilled("features", this::features);
  }

  @Test
  void exitCode_noPictureIsLeft_is65() throws Exception {
    Files.write(
        Files.createDirectories(directory.resolve("broken/cat")).resolve("1.JPEG"), new byte[0]);

    assertExitCode(
        65, List.of("convert", "--input=broken", "--output=nothing", "--classes=present"));
  }

  @Test
  void exitCode_folderWithoutPictures_is66() throws Exception {
    Files.createDirectories(directory.resolve("empty/cat"));

    assertExitCode(66, List.of("convert", "--input=empty", "--output=none", "--classes=present"));
  }

  @Test
  void exitCode_outputOfAnotherPlan_is73() throws Exception {
    assertExitCode(73, commands.augment("augment", 3));
  }

  @Test
  void exitCode_diskOfAWorkerIsFull_is74() throws Exception {
    Optional<FullDisk> disk = FullDisk.mount(directory.resolve("full"), "200k");
    assumeTrue(disk.isPresent(), "this system lets no user mount a small disk of a process's own");
    try (FullDisk small = disk.get()) {
      assertExitCode(74, commands.augment(small.directory().resolve("augment").toString(), 2));
    }
  }

  @Test
  void exitCode_workersOfAnotherBuild_is78() throws Exception {
    Path other = directory.resolve("other-build");
    Files.createDirectories(other.resolve("META-INF/alexnet"));
    Files.createFile(other.resolve("META-INF/alexnet/worker-library"));
    Files.createFile(other.resolve("Another.class"));

    AlexnetProcess.Ended ended = commands.startWith(other, commands.augment("refused", 2)).await();

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(78);
    assertThat(ended.err()).contains("A worker of the cluster has another build of AlexNet");
    assertThat(shards("refused").count()).isZero();
    assertThat(cluster.activeJobs()).isEmpty();
  }

  @Test
  void terminate_client_cancelsTheJobAndARerunContinues() throws Exception {
    assertTerminatedAndContinued(commands.convert("terminated"), "terminated", cluster.options());
  }

  @Test
  void terminate_engineWithinTheClient_endsAndARerunContinues() throws Exception {
    // Within one process, rejected.jsonl has the path of the archive as it was given.
    assertTerminatedAndContinued(
        commands.convert(directory.resolve("archives"), "terminated-within"),
        "terminated-within",
        cluster.embeddedOptions());
  }

  /** An engine could treat many values of one key in another way. */
  @Test
  void convert_shardOfTwentyThousandPictures_writesTheBytesOfTheDirectRunner() throws Exception {
    assertLargeShard(20_000);
  }

  private void assertExitCode(int expected, List<String> command) throws Exception {
    AlexnetProcess.Ended ended = commands.start(command).await();

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(expected);
    assertThat(cluster.activeJobs()).isEmpty();
  }

  private void assertTerminatedAndContinued(
      List<String> command, String output, List<String> engine) throws Exception {
    FinishedShards shards = shards(output);
    AlexnetProcess.Ended ended = terminatedAfterAShard(command, output, engine);
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
    assertThat(cluster.activeJobs()).isEmpty();
    assertThat(directory.resolve(output).resolve("dataset.json")).doesNotExist();
    Map<Path, Object> kept = shards.recorded();
    assertThat(kept).isNotEmpty();

    ended = commands.start(command, engine).await();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertSameBytes("convert", output);
    assertThat(shards.identities()).containsAllEntriesOf(kept);
  }

  /** A conversion that was asked to end as soon as it had finished a shard. */
  protected final AlexnetProcess.Ended terminatedAfterAShard(String output, List<String> engine)
      throws Exception {
    return terminatedAfterAShard(commands.convert(output), output, engine);
  }

  private AlexnetProcess.Ended terminatedAfterAShard(
      List<String> command, String output, List<String> engine) throws Exception {
    FinishedShards shards = shards(output);
    return commands.start(command, engine).terminateOnce(running -> shards.isAnyRecorded());
  }

  /** The words of a conversion's command line. */
  protected final List<String> convertCommand(String output) {
    return commands.convert(output);
  }

  protected final void convert(String output, String... options) {
    job.convert(output, SampleJob.REJECTED, options);
  }

  private void augment(String output, String... options) {
    job.augment("convert", output, options);
  }

  protected final void score(String output, String... options) {
    job.score(data, model, output, 50, options);
  }

  private void features(String output, String... options) {
    job.features(data, model, output, options);
  }

  private void assertSameBytes(String expected, Work work) throws Exception {
    String output = expected + "-on-the-cluster";

    work.run(output, engine());

    assertSameBytes(expected, output);
  }

  protected final void assertSameBytes(String expected, String output) throws IOException {
    assertThat(job.files(output)).isEqualTo(job.files(expected));
    assertThat(directory.resolve(output)).isDirectoryNotContaining("glob:**/.pending-*");
  }

  private void assertSameBytesIfAWorkerIsKilled(String expected, Work work) throws Exception {
    String output = expected + "-after-a-kill";
    CompletableFuture<Void> running = started(work, output);
    int finished = awaitShards(output, running);
    cluster.killWorker();
    assertThat(finished).as("finished shards at the kill").isBetween(1, SHARDS - 1);

    running.get(5, TimeUnit.MINUTES);

    assertSameBytes(expected, output);
    cluster.startWorker();
  }

  /** Two jobs in the same workers, in which TensorFlow is loaded once. */
  protected final void assertTwoAtOnce() throws Exception {
    CompletableFuture<Void> scoring = started(this::score, "score-at-once");
    CompletableFuture<Void> seeing = started(this::features, "features-at-once");

    scoring.get(5, TimeUnit.MINUTES);
    seeing.get(5, TimeUnit.MINUTES);

    assertSameBytes("score", "score-at-once");
    assertSameBytes("features", "features-at-once");
  }

  /** All pictures of a shard are values of one key. */
  private void assertLargeShard(int pictures) throws Exception {
    Path folder = Files.createDirectories(directory.resolve("many/cat"));
    Path first = folder.resolve("0.JPEG");
    ImageIO.write(new BufferedImage(56, 56, BufferedImage.TYPE_3BYTE_BGR), "jpg", first.toFile());
    for (int picture = 1; picture < pictures; picture++) {
      Files.createLink(folder.resolve(picture + ".JPEG"), first);
    }
    SampleJob one = SampleJob.in(directory, 1);
    one.convert("many", "large", 0, DIRECT);

    one.convert("many", "large-on-the-cluster", 0, engine());

    assertSameBytes("large", "large-on-the-cluster");
  }

  private CompletableFuture<Void> started(Work work, String output) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            work.run(output, engine());
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        // The common pool has one thread for each core but one.
        task -> new Thread(task, output).start());
  }

  /** Waits for the first finished shards, and returns their number. */
  private int awaitShards(String output, CompletableFuture<Void> running) throws Exception {
    FinishedShards shards = shards(output);
    int finished = shards.count();
    while (finished == 0 && !running.isDone()) {
      try {
        running.get(5, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        finished = shards.count();
      }
    }
    return finished;
  }

  private static FinishedShards shards(String output) {
    return new FinishedShards(directory.resolve(output));
  }
}
