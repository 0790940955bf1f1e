package dev.alexnet.infra.storage.gcs;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of several requests ask their guard before the one that makes the object visible. */
class GuardedUploadTest {
  private static final Location OBJECT = new Location("gs://" + FakeGcs.BUCKET + "/run/object");
  private static final int IN_PIECES = 600_000;
  private static final int IN_PARTS = 1_300_000;
  private static final int PARTS = 5;

  @TempDir private Path files;

  private final FakeGcs service = new FakeGcs();
  private final ObjectStore store = TestStores.at(service.address());
  private volatile boolean open = true;

  @BeforeEach
  void putOld() {
    service.put("run/object", new byte[1]);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private void upload(int length) throws IOException {
    Path source = Files.write(files.resolve("source"), new byte[length]);
    store.upload(source, OBJECT, WriteCondition.none().guardedBy(this::requireOpen));
  }

  private void requireOpen() {
    if (!open || service.names(FakeGcs.BUCKET, "run/.pending-").size() == PARTS) {
      throw new Failure(Failure.Kind.OUTPUT_EXISTS, "closed");
    }
  }

  private void requireFirst() {
    requireOpen();
    open = false;
  }

  private void assertNothingPublished() {
    assertThat(service.content(FakeGcs.BUCKET, "run/object")).hasSize(1);
  }

  @Test
  void upload_inPieces_closedAfterTheFirst_isNotCompleted() {
    service.beforeNext(RequestKind.UPLOAD_CHUNK, () -> open = false);

    assertThatFailure(() -> upload(IN_PIECES)).hasMessage("closed");

    assertThat(service.counts()).containsEntry(RequestKind.UPLOAD_CHUNK, 1L);
    assertNothingPublished();
  }

  @Test
  void upload_inParts_closedBeforeTheyArePutTogether_leavesThemForWhoeverIsThere() {
    assertThatFailure(() -> upload(IN_PARTS)).hasMessage("closed");

    assertThat(service.counts()).doesNotContainKeys(RequestKind.COMPOSE, RequestKind.DELETE);
    assertThat(service.names(FakeGcs.BUCKET, "run/.pending-")).hasSize(PARTS);
    assertNothingPublished();
  }

  @Test
  void upload_inParts_closedAtTheFirst_sendsNoMoreThanWhatWasUnderWay() {
    open = false;

    assertThatFailure(() -> upload(IN_PARTS)).hasMessage("closed");

    assertThat(service.counts())
        .doesNotContainKeys(RequestKind.UPLOAD, RequestKind.UPLOAD_START, RequestKind.COMPOSE);
    assertNothingPublished();
  }

  @Test
  void write_closedAfterAFailedTry_isNotSentAgain() {
    service.refuseNext(503);

    assertThatFailure(
            () ->
                store.write(
                    OBJECT, new byte[2], WriteCondition.absent().guardedBy(this::requireFirst)))
        .hasMessage("closed");

    assertThat(service.counts()).isEqualTo(Map.of(RequestKind.UPLOAD, 1L));
    assertNothingPublished();
  }

  @Test
  void delete_closedAfterAFailedTry_isNotSentAgain() {
    service.script(FaultScript.of(Fault.UNAVAILABLE).on(RequestKind.DELETE));

    assertThatFailure(
            () -> store.delete(OBJECT, WriteCondition.none().guardedBy(this::requireFirst)))
        .hasMessage("closed");

    assertThat(service.counts()).containsEntry(RequestKind.DELETE, 1L);
    assertNothingPublished();
  }
}
