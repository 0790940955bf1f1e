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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a cluster of separate processes must do: write the bytes that the direct runner writes, also
 * if a worker is killed. A subclass starts the cluster.
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

  protected abstract TestCluster start(Path directory) throws Exception;

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
    cluster = start(directory.resolve("cluster"));
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

    assertExitCode(65, "convert", "--input=broken", "--output=nothing", "--classes=present");
  }

  @Test
  void exitCode_folderWithoutPictures_is66() throws Exception {
    Files.createDirectories(directory.resolve("empty/cat"));

    assertExitCode(66, "convert", "--input=empty", "--output=none", "--classes=present");
  }

  @Test
  void exitCode_outputOfAnotherPlan_is73() throws Exception {
    assertExitCode(73, augmentCommand("augment", "--copies=3"));
  }

  @Test
  void exitCode_diskOfAWorkerIsFull_is74() throws Exception {
    Optional<FullDisk> disk = FullDisk.mount(directory.resolve("full"), "200k");
    assumeTrue(disk.isPresent(), "only root can mount a small disk");
    try (FullDisk small = disk.get()) {
      assertExitCode(74, augmentCommand("full/augment", "--copies=2"));
    }
  }

  @Test
  void terminate_client_cancelsTheJobAndARerunContinues() throws Exception {
    Path output = directory.resolve("terminated");
    AlexnetProcess client = client(convertCommand("terminated"));
    while (finishedShards("terminated") == 0 && client.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    client.signal("TERM");
    AlexnetProcess.Ended ended = client.await();
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
    assertThat(cluster.activeJobs()).isEmpty();
    assertThat(output.resolve("dataset.json")).doesNotExist();
    Map<Path, Object> kept = shards(output);
    assertThat(kept).isNotEmpty();

    ended = client(convertCommand("terminated")).await();

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertSameBytes("convert", "terminated");
    assertThat(shards(output)).containsAllEntriesOf(kept);
  }

  private static String[] convertCommand(String output) {
    return new String[] {
      "convert",
      "--input=archives",
      "--output=" + output,
      "--classes=present",
      "--shards=" + SHARDS,
      "--size=56",
      "--max-rejected=" + SampleJob.REJECTED
    };
  }

  private static String[] augmentCommand(String output, String copies) {
    return new String[] {
      "augment",
      "--data=convert",
      "--output=" + output,
      "--operations=random_crop(48) | flip | colour(0.1)",
      copies
    };
  }

  private void assertExitCode(int expected, String... command) throws Exception {
    AlexnetProcess.Ended ended = client(command).await();

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(expected);
    assertThat(cluster.activeJobs()).isEmpty();
  }

  private AlexnetProcess client(String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--");
    words.addAll(cluster.options());
    return AlexnetProcess.start(directory, cluster.javaOptions(), words, Map.of());
  }

  /** The identity of each finished shard's file, which changes if it is written again. */
  private static Map<Path, Object> shards(Path output) throws IOException {
    Map<Path, Object> shards = new TreeMap<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".tfrecord")).toList()) {
        shards.put(file, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
      }
    }
    return shards;
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
    long finished = awaitShards(output, running);
    cluster.killWorker();
    assertThat(finished).as("finished shards at the kill").isBetween(1L, SHARDS - 1L);

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
  protected final void assertLargeShard(int pictures) throws Exception {
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
        });
  }

  /** Waits for the first finished shards, and returns their number. */
  private long awaitShards(String output, CompletableFuture<Void> running) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    long finished = finishedShards(output);
    while (finished == 0 && !running.isDone() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(5);
      finished = finishedShards(output);
    }
    return finished;
  }

  /** Files with a shard's number; abandoned ones start with a dot. */
  private long finishedShards(String output) throws IOException {
    Path place = directory.resolve(output);
    if (!Files.exists(place)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("(train|predictions|features)-\\d{5}.*"))
          .count();
    } catch (UncheckedIOException e) {
      // A file was renamed meanwhile.
      return 0;
    }
  }
}
