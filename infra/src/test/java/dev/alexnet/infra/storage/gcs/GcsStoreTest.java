package dev.alexnet.infra.storage.gcs;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ConditionalWritingContractTest;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.FakeGcsOptions;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GcsStoreTest extends ConditionalWritingContractTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  private static final Location OBJECT = new Location("gs://bucket/object");

  private final FakeGcs service = new FakeGcs(FakeGcsOptions.standard().withPage(10));
  private final ObjectStore store = TestStores.at(service.address());

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected Location root() {
    return new Location("gs://" + FakeGcs.BUCKET);
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String host() {
    return service.address().substring("http://".length());
  }

  private static void assertFailure(Failure.Kind kind, String message, ThrowingCallable call) {
    assertThatFailure(call).isOfKind(kind).hasMessage(message);
  }

  @Test
  void close_withoutCommit_sendsNothing() throws IOException {
    try (PendingObject pending = store.create(OBJECT)) {
      pending.stream().write(CONTENT);
    }

    assertThat(service.requests()).isEmpty();
  }

  @Test
  void commit_refusedOnce_isRetried() {
    service.refuseNext(503, 503);

    store.write(OBJECT, CONTENT);

    assertThat(store.readAll(OBJECT)).isEqualTo(CONTENT);
  }

  @ParameterizedTest
  @CsvSource({"0", "100"})
  void commit_lostAnswer_succeeds(int length) {
    service.script(FaultScript.of(Fault.UNAVAILABLE_AFTER).on(RequestKind.UPLOAD));

    store.write(OBJECT, new byte[length]);

    assertThat(store.readAll(OBJECT)).isEqualTo(new byte[length]);
  }

  @Test
  void commit_otherWriterMeanwhile_isOutputExists() {
    service.beforeNext(RequestKind.UPLOAD, () -> service.put("object", new byte[1]));

    assertFailure(
        Failure.Kind.OUTPUT_EXISTS,
        "Cannot write gs://bucket/object: another writer changed it at the same time; let only one"
            + " run write there, then run the same command again",
        () -> store.write(OBJECT, CONTENT));
    assertThat(store.readAll(OBJECT)).isEqualTo(new byte[1]);
  }

  @Test
  void commit_toMissingBucket_isInputMissing() {
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        "Cannot write gs://absent/object: the bucket absent does not exist at "
            + host()
            + "; check its name, or create it",
        () -> store.write(new Location("gs://absent/object"), CONTENT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | PERMISSION | no credentials were found (401 refused with 401) WHERE; run 'gcloud auth"
            + " application-default login', set GOOGLE_APPLICATION_CREDENTIALS, or run as a service"
            + " account",
        "403 | PERMISSION | 403 refused with 403 WHERE; run 'gcloud auth application-default login',"
            + " set GOOGLE_APPLICATION_CREDENTIALS, or run as a service account",
        "404 | INPUT_MISSING | it does not exist; check the name and the bucket bucket",
        "400 | REMOTE | the service refused with 400 refused with 400 WHERE; check the name and the"
            + " settings of the bucket",
      })
  void readAll_refused_isFailureOfItsKind(int status, Failure.Kind kind, String message) {
    service.put("object", CONTENT);
    service.refuseNext(status);

    String where = "(bucket bucket at " + host() + ", without credentials)";
    assertFailure(
        kind,
        "Cannot read gs://bucket/object: " + message.replace("WHERE", where),
        () -> store.readAll(OBJECT));
  }

  @Test
  void everyRequest_refusedAfterRetries_isRemote() throws IOException {
    service.put("object", new byte[1 << 20]);
    try (SeekableByteChannel channel = store.open(OBJECT)) {
      for (ThrowingCallable request :
          List.<ThrowingCallable>of(
              () -> channel.read(ByteBuffer.allocate(1)),
              () -> store.open(OBJECT),
              () -> store.size(OBJECT),
              () -> store.exists(OBJECT),
              () -> store.isDirectory(OBJECT),
              () -> store.list(root()),
              () -> store.write(OBJECT, CONTENT),
              () -> store.delete(OBJECT),
              () -> store.deleteDirectory(OBJECT))) {
        service.script(FaultScript.of(Fault.UNAVAILABLE).from(1));
        assertThatFailure(request)
            .isOfKind(Failure.Kind.REMOTE)
            .hasMessageStartingWith("Cannot ")
            .hasMessageContaining(" gs://bucket")
            .hasMessageEndingWith(
                ": the service responds with 503 refused with 503, tried 13 times in 112 s (bucket"
                    + " bucket at "
                    + host()
                    + ", without credentials); run the same command again later");
        service.reset();
      }
    }
  }

  @Test
  void delete_refusedOnce_isRetried() {
    service.put("object", CONTENT);
    service.refuseNext(503);
    store.delete(OBJECT);

    assertThat(store.exists(OBJECT)).isFalse();
  }

  @Test
  void read_refusedOnce_isRetried() throws IOException {
    service.put("object", CONTENT);
    try (SeekableByteChannel channel = store.open(OBJECT)) {
      service.refuseNext(503);
      ByteBuffer target = ByteBuffer.allocate(7);
      channel.read(target);

      assertThat(target.array()).isEqualTo(CONTENT);
    }
  }

  @Test
  void read_replacedAfterOpen_neverMixesTheTwo() throws IOException {
    service.put("object", CONTENT);
    long generation = service.generation(FakeGcs.BUCKET, "object");
    try (SeekableByteChannel channel = store.open(OBJECT)) {
      service.put("object", "another".getBytes(StandardCharsets.UTF_8));

      assertFailure(
          Failure.Kind.INPUT_MISSING,
          "Cannot read gs://bucket/object: it does not exist any more as generation "
              + generation
              + ": it was replaced or deleted while it was in use; run the same command again",
          () -> channel.read(ByteBuffer.allocate(7)));
    }
  }

  @Test
  void read_shortAndLongGaps_requestsOnlyForLongOnes() throws IOException {
    service.put("object", new byte[8 << 20]);
    try (SeekableByteChannel channel = store.open(OBJECT)) {
      for (long position : new long[] {0, 512, 800_000, 6 << 20, (6 << 20) + 1000}) {
        channel.position(position).read(ByteBuffer.allocate(512));
      }
    }

    assertThat(service.requests())
        .containsExactly(
            "GET /storage/v1/b/bucket/o/object",
            "GET /download/storage/v1/b/bucket/o/object",
            "GET /download/storage/v1/b/bucket/o/object bytes=6291456-");
  }

  @Test
  void write_toOpenChannel_isRefused() throws IOException {
    service.put("object", CONTENT);
    try (SeekableByteChannel channel = store.open(OBJECT)) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
          .isInstanceOf(NonWritableChannelException.class);
      assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(NonWritableChannelException.class);
    }
  }

  @Test
  void list_directoryMarker_isNotListed() {
    service.put("directory/", new byte[0]);
    service.put("directory/child", CONTENT);

    assertThat(store.list(new Location("gs://bucket/directory"))).containsExactly("child");
  }

  @Test
  void list_missingBucket_isInputMissing() {
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        "Cannot list gs://absent/directory: the bucket absent does not exist at "
            + host()
            + "; check its name, or create it",
        () -> store.list(new Location("gs://absent/directory")));
  }

  @Test
  void bucket_asObject_isRefused() {
    assertThat(store.exists(root())).isFalse();
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        "gs://bucket is a bucket; name an object in it",
        () -> store.readAll(root()));
    assertFailure(
        Failure.Kind.USAGE,
        "Refusing to empty the bucket gs://bucket; name a directory",
        () -> store.deleteDirectory(root()));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9023, http://localhost:9023/, localhost:9023",
    "gcs:80, http://gcs:80/, gcs:80",
    "https://storage.googleapis.com/, https://storage.googleapis.com/, storage.googleapis.com"
  })
  void rootOf_address_isCompleted(String address, String root, String host) {
    assertThat(GcsStore.rootOf(address)).isEqualTo(root);
    assertThat(GcsStore.hostOf(root)).isEqualTo(host);
  }
}
