package dev.alexnet.model.training;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import dev.alexnet.model.training.checkpoint.CheckpointWriter;
import dev.alexnet.model.training.checkpoint.LocalCheckpoints;
import dev.alexnet.model.training.log.PublishedLogs;
import dev.alexnet.model.training.watch.StallWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPublisherTest {
  @TempDir Path local;
  @TempDir Path inBucket;
  private final List<String> notices = new ArrayList<>();
  private DirectoryBucket bucket;
  private CheckpointWriter writer;
  private LogPublisher publisher;

  @BeforeEach
  void makeAPublisher() {
    bucket = new DirectoryBucket(inBucket);
    writer =
        new CheckpointWriter(
            new LocalCheckpoints(bucket, local.resolve("checkpoints")), StallWatch.unlimited());
    WorkDirectory workdir = new WorkDirectory(bucket.location("first"), local);
    PublishedLogs logs =
        new PublishedLogs(bucket, local, workdir.location(), List.of(), Duration.ZERO);
    publisher = new LogPublisher(workdir, logs, writer, notices::add);
  }

  @AfterEach
  void closeTheWriter() {
    writer.close();
  }

  private void log(String lines) throws IOException {
    Files.writeString(local.resolve("metrics.jsonl"), lines);
  }

  private void publish() {
    publisher.afterStep();
    writer.await();
  }

  @Test
  void afterStep_whenItIsTime_publishesTheLogs() throws IOException {
    log("one\n");
    publish();
    assertThat(inBucket.resolve("first/metrics.jsonl")).hasContent("one\n");
    assertThat(notices).isEmpty();
  }

  @Test
  void afterStep_bucketDoesNotAnswer_saysSoAndTriesAgain() throws IOException {
    log("one\n");
    bucket.failAt(1, Fault.REFUSED);
    publish();
    publish();
    assertThat(notices)
        .containsExactly(
            "The logs were not published: the bucket refused request 1. The training continues;"
                + " the next checkpoint brings them too");
    assertThat(inBucket.resolve("first/metrics.jsonl")).hasContent("one\n");
  }

  @Test
  void afterStep_anotherRunWritesThere_fails() throws IOException {
    log("one\n");
    publish();
    Files.writeString(inBucket.resolve("first/metrics.jsonl"), "of another run\n");
    log("one\ntwo\n");
    assertThatFailure(this::publish).isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }
}
