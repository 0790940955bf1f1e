package dev.alexnet.tests.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.tests.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    } catch (java.io.UncheckedIOException e) {
      // A file was renamed meanwhile.
      return 0;
    }
  }
}
