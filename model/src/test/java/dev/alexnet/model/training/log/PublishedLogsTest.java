package dev.alexnet.model.training.log;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedLogsTest {
  @TempDir Path local;
  @TempDir Path inBucket;
  private DirectoryBucket bucket;
  private Path metrics;

  @BeforeEach
  void writeLogs() throws IOException {
    bucket = new DirectoryBucket(inBucket);
    metrics = local.resolve("metrics.jsonl");
    Files.writeString(metrics, "{\"step\":10}\n");
    Files.createDirectories(local.resolve("events"));
    Files.writeString(local.resolve("events/events.out"), "event");
    Files.createDirectories(local.resolve("checkpoints"));
    Files.writeString(local.resolve("checkpoints/other"), "not a log");
    Files.writeString(local.resolve("metrics.jsonl.pending"), "half");
  }

  private PublishedLogs logs() {
    return new PublishedLogs(
        bucket, local, bucket.location("first"), List.of("failed.txt"), Duration.ofHours(1));
  }

  private void append(String text) throws IOException {
    Files.writeString(metrics, text, StandardOpenOption.APPEND);
  }

  private Path published(String name) {
    return inBucket.resolve("first").resolve(name);
  }

  @Test
  void ofNow_publishesTheLogsAndNothingElse() throws IOException {
    Files.writeString(local.resolve("failed.txt"), "a");
    logs().ofNow().run();
    assertThat(published("metrics.jsonl")).hasContent("{\"step\":10}\n");
    assertThat(published("events/events.out")).hasContent("event");
    assertThat(published("failed.txt")).hasContent("a");
    assertThat(published("").toFile().list())
        .containsExactlyInAnyOrder("metrics.jsonl", "events", "failed.txt");
  }

  @Test
  void ofNow_fileThatGrowsMeanwhile_isPublishedUpToThatMoment() throws IOException {
    Runnable publication = logs().ofNow();
    append("{\"st");
    publication.run();
    assertThat(published("metrics.jsonl")).hasContent("{\"step\":10}\n");
  }

  @Test
  void ofNow_again_sendsOnlyWhatHasGrown() throws IOException {
    PublishedLogs logs = logs();
    logs.ofNow().run();
    append("{\"step\":20}\n");
    bucket.recover();
    logs.ofNow().run();
    assertThat(bucket.requests()).isEqualTo(1);
    assertThat(published("metrics.jsonl")).hasContent("{\"step\":10}\n{\"step\":20}\n");
    bucket.recover();
    logs.ofNow().run();
    assertThat(bucket.requests()).isZero();
  }

  @Test
  void ofNow_inALaterRun_replacesWhatDiffers() throws IOException {
    logs().ofNow().run();
    Files.writeString(metrics, "{\"step\":30}\n");
    bucket.recover();
    logs().ofNow().run();
    // It finds both, and sends one.
    assertThat(bucket.requests()).isEqualTo(3);
    assertThat(published("metrics.jsonl")).hasContent("{\"step\":30}\n");
  }

  @Test
  void ofNow_afterALostAnswer_looksWhatIsThere() throws IOException {
    PublishedLogs logs = logs();
    logs.ofNow().run();
    append("{\"step\":20}\n");
    bucket.failAt(1, Fault.LOST_ANSWER);
    assertThatFailure(() -> logs.ofNow().run()).isOfKind(Failure.Kind.REMOTE);
    append("{\"step\":30}\n");
    logs.ofNow().run();
    assertThat(published("metrics.jsonl"))
        .hasContent("{\"step\":10}\n{\"step\":20}\n{\"step\":30}\n");
  }

  @Test
  void ofNow_whereAnotherRunHasWritten_isRefused() throws IOException {
    PublishedLogs logs = logs();
    logs.ofNow().run();
    Files.writeString(published("metrics.jsonl"), "of another run\n");
    append("{\"step\":20}\n");
    assertThatFailure(() -> logs.ofNow().run()).isOfKind(Failure.Kind.OUTPUT_EXISTS);
    assertThat(published("metrics.jsonl")).hasContent("of another run\n");
  }

  @Test
  void isDue_untilTheIntervalIsOver_isFalse() {
    assertThat(logs().isDue()).isFalse();
    PublishedLogs always =
        new PublishedLogs(bucket, local, bucket.location("first"), List.of(), Duration.ZERO);
    assertThat(always.isDue()).isTrue();
  }
}
