package dev.alexnet.infra.storage.gcs;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which requests content travels, and how it is checked. */
class GcsStoreTransferTest {
  private static final Location ROOT = new Location("gs://" + FakeGcs.BUCKET);
  private static final Location OBJECT = ROOT.resolve("run/object");
  private static final WriteCondition ABSENT = WriteCondition.absent();

  private final FakeGcs service = new FakeGcs();
  private final ObjectStore store = TestStores.at(service.address());

  @TempDir private Path files;

  @AfterEach
  void stop() {
    service.close();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private Path file(int length) throws IOException {
    return Files.write(files.resolve("source"), bytes(length));
  }

  private static String damaged(long generation) {
    return "Cannot read gs://bucket/run/object: the stored object's checksum does not match its"
        + " bytes (CRC-32C of generation "
        + generation
        + ", read 3 times); restore it from its source, or delete it and make it again";
  }

  @Test
  void smallObject_writtenAndRead_takesOneRequestEach() {
    store.write(OBJECT, bytes(90_000), ABSENT);
    assertThat(service.counts()).isEqualTo(Map.of(RequestKind.UPLOAD, 1L));

    assertThat(store.load(OBJECT).content()).isEqualTo(bytes(90_000));
    assertThat(service.counts()).isEqualTo(Map.of(RequestKind.UPLOAD, 1L, RequestKind.MEDIA, 1L));
  }

  @Test
  void readRange_someBytes_takesOneExactRequest() {
    service.put("run/object", bytes(1_000_000));
    long generation = service.generation(FakeGcs.BUCKET, "run/object");

    store.readRange(OBJECT, generation, 1_000, 200_000);

    assertThat(service.requests())
        .containsExactly("GET /download/storage/v1/b/bucket/o/run%2Fobject bytes=1000-200999");
  }

  @Test
  void readRange_responseBreaks_goesOnWhereItEnded() {
    service.put("run/object", bytes(1_000_000));
    long generation = service.generation(FakeGcs.BUCKET, "run/object");
    service.script(FaultScript.of(Fault.SHORT_BODY).at(1));

    byte[] range = store.readRange(OBJECT, generation, 0, 800_000);

    assertThat(range).isEqualTo(Arrays.copyOf(bytes(1_000_000), 800_000));
    assertThat(service.requests()).hasSize(2);
    assertThat(service.requests().get(1))
        .startsWith("GET /download/storage/v1/b/bucket/o/run%2Fobject bytes=")
        .endsWith("-799999")
        .doesNotContain("bytes=0-");
  }

  @Test
  void readRange_beyondTheEnd_isBadData() {
    service.put("run/object", bytes(100));
    long generation = service.generation(FakeGcs.BUCKET, "run/object");

    for (int offset : new int[] {50, 100, 150}) {
      assertThatFailure(() -> store.readRange(OBJECT, generation, offset, 51))
          .isOfKind(Kind.BAD_DATA)
          .hasMessage(
              "Cannot read gs://bucket/run/object: it ends before byte %d, at byte %d"
                  .formatted(offset + 51, Math.max(offset, 100)));
    }
  }

  @Test
  void load_bitFlippedOnItsWay_isReadAgain() {
    service.put("run/object", bytes(1_000));
    service.script(FaultScript.of(Fault.FLIPPED_BIT).at(1));

    assertThat(store.readAll(OBJECT)).isEqualTo(bytes(1_000));
    assertThat(service.injected()).isEqualTo(Map.of(Fault.FLIPPED_BIT, 1L));
  }

  @Test
  void everyWholeRead_storedBitFlipped_isBadData() {
    service.put("run/object", bytes(1_000_000));
    service.rot(FakeGcs.BUCKET, "run/object", 500_000);
    long generation = service.generation(FakeGcs.BUCKET, "run/object");
    Path target = files.resolve("target");

    assertThatFailure(() -> store.readAll(OBJECT))
        .isOfKind(Kind.BAD_DATA)
        .hasMessage(damaged(generation));
    assertThatFailure(() -> store.download(OBJECT, target))
        .isOfKind(Kind.BAD_DATA)
        .hasMessage(damaged(generation));
    assertThatFailure(
            () -> {
              try (var stream = Channels.newInputStream(store.open(OBJECT))) {
                stream.readAllBytes();
              }
            })
        .isOfKind(Kind.BAD_DATA)
        .hasMessage(damaged(generation));
    assertThat(files).isEmptyDirectory();
  }

  @Test
  void openChannel_readInPieces_isCheckedAtItsEnd() throws IOException {
    service.put("run/object", bytes(100_000));
    service.rot(FakeGcs.BUCKET, "run/object", 0);

    try (var stream = Channels.newInputStream(store.open(OBJECT))) {
      stream.readNBytes(99_999);
      assertThatFailure(stream::read).isOfKind(Kind.BAD_DATA);
    }
  }

  @Test
  void openChannel_bitFlippedOnItsWay_isRemote() throws IOException {
    service.put("run/object", bytes(100_000));
    service.script(FaultScript.of(Fault.FLIPPED_BIT).at(1));

    try (var stream = Channels.newInputStream(store.open(OBJECT))) {
      assertThatFailure(stream::readAllBytes)
          .isOfKind(Kind.REMOTE)
          .hasMessageContaining("its bytes were changed on their way here");
    }
  }

  @Test
  void write_sameBytesByTwoWriters_oneIsRefused() {
    byte[] two = {2};
    long one = store.write(OBJECT, new byte[] {1});
    // The first writer's request is lost before it takes effect; meanwhile another writes the same.
    service.script(FaultScript.of(Fault.RESET_BEFORE).on(RequestKind.UPLOAD));
    ObjectStore other = TestStores.at(service.address());
    service.beforeNext(RequestKind.UPLOAD, () -> service.put("run/object", two));

    assertThatFailure(() -> other.write(OBJECT, two, WriteCondition.unchangedSince(one)))
        .isOfKind(Kind.OUTPUT_EXISTS);
  }

  @Test
  void write_lostAnswers_isDoneOnce() {
    for (Fault fault : List.of(Fault.UNAVAILABLE_AFTER, Fault.RESET_AFTER)) {
      service.script(FaultScript.of(fault).on(RequestKind.UPLOAD));
      long generation = store.write(OBJECT, bytes(10), WriteCondition.none());

      assertThat(service.generation(FakeGcs.BUCKET, "run/object")).isEqualTo(generation);
    }
  }

  @Test
  void upload_longFile_goesInHiddenPartsThatDisappear() throws IOException {
    service.beforeNext(
        RequestKind.COMPOSE,
        () -> {
          assertThat(service.names(FakeGcs.BUCKET, "run/.pending-")).hasSize(5);
          assertThat(store.list(ROOT.resolve("run"))).isEmpty();
          assertThat(store.objectsBelow(ROOT)).isEmpty();
        });
    service.setLatency(Duration.ofMillis(50));

    long generation = store.upload(file(1_300_000), OBJECT, ABSENT);

    assertThat(service.content(FakeGcs.BUCKET, "run/object")).isEqualTo(bytes(1_300_000));
    assertThat(service.generation(FakeGcs.BUCKET, "run/object")).isEqualTo(generation);
    assertThat(service.names(FakeGcs.BUCKET, "")).containsExactly("run/object");
    assertThat(service.mostInFlight()).isGreaterThan(2);
  }

  @Test
  void upload_partsOfAKilledRun_areNotSentAgain() throws IOException {
    Path source = file(1_300_000);
    service.beforeNext(RequestKind.COMPOSE, () -> leaveParts(3));
    assertThatFailure(() -> store.upload(source, OBJECT, ABSENT)).isOfKind(Kind.REMOTE);
    service.reset();

    store.upload(source, OBJECT, ABSENT);

    // Two parts: one in pieces, and the shorter last one.
    assertThat(service.counts())
        .containsEntry(RequestKind.UPLOAD_START, 1L)
        .containsEntry(RequestKind.UPLOAD, 1L);
    assertThat(service.content(FakeGcs.BUCKET, "run/object")).isEqualTo(bytes(1_300_000));
    assertThat(service.names(FakeGcs.BUCKET, "")).containsExactly("run/object");
  }

  /** As if the run had been killed: its other parts were never sent, and none is cleaned up. */
  private void leaveParts(int count) {
    List<String> names = service.names(FakeGcs.BUCKET, "run/.pending-");
    for (String name : names.subList(count, names.size())) {
      store.delete(ROOT.resolve(name));
    }
    service.script(FaultScript.of(Fault.UNAVAILABLE).from(1));
  }

  @Test
  void deleteAbandoned_partsOfAKilledRun_areDeletedAndNothingElse() throws IOException {
    service.put("run/other", new byte[1]);
    service.put("run/deep/.pending-x", new byte[1]);
    service.beforeNext(RequestKind.COMPOSE, () -> leaveParts(3));
    Path source = file(1_300_000);
    assertThatFailure(() -> store.upload(source, OBJECT, ABSENT)).isOfKind(Kind.REMOTE);
    service.reset();

    store.deleteAbandoned(ROOT.resolve("run"));

    assertThat(service.names(FakeGcs.BUCKET, ""))
        .containsExactly("run/deep/.pending-x", "run/other");
  }

  @Test
  void upload_conditionDoesNotHold_sendsNothing() throws IOException {
    store.write(OBJECT, new byte[1]);
    service.reset();
    Path source = file(1_300_000);

    assertThatFailure(() -> store.upload(source, OBJECT, ABSENT)).isOfKind(Kind.OUTPUT_EXISTS);
    assertThat(service.counts()).isEqualTo(Map.of(RequestKind.METADATA, 1L));
  }

  @Test
  void listings_leasesAndPartsAtAnyDepth_leaveThemOut() {
    for (String name : List.of(".lease", "a/.lease", "a/.pending-1", "a/b/.lock", "a/b/c")) {
      service.put(name, new byte[1]);
    }

    assertThat(store.list(ROOT)).containsExactly("a/");
    assertThat(store.objectsBelow(ROOT)).extracting(ObjectEntry::name).containsExactly("a/b/c");
  }

  @Test
  void commit_longStream_goesInParts() throws IOException {
    try (PendingObject pending = store.create(OBJECT, ABSENT)) {
      pending.stream().write(bytes(1_300_000));
      pending.commit();
    }

    assertThat(service.counts()).containsEntry(RequestKind.COMPOSE, 1L);
    assertThat(store.readAll(OBJECT)).isEqualTo(bytes(1_300_000));
  }

  @Test
  void download_longObject_isFetchedInParallelRanges() throws IOException {
    service.put("run/object", bytes(2_000_000));
    Path target = Files.write(files.resolve("target"), new byte[] {1});
    service.script(FaultScript.of(Fault.SHORT_BODY).every(3));
    service.setLatency(Duration.ofMillis(50));

    store.download(OBJECT, target);

    assertThat(target).hasBinaryContent(bytes(2_000_000));
    assertThat(service.mostInFlight()).isGreaterThan(2);
    assertThat(files).isDirectoryContaining(file -> file.equals(target));
  }

  @Test
  void write_interruptedThread_endsWithoutWaiting() {
    service.script(FaultScript.of(Fault.UNAVAILABLE).from(1));
    ObjectStore waiting = TestStores.at(service.address(), TestStores.RETRIES, RetryClock.SYSTEM);
    Thread.currentThread().interrupt();

    assertThatFailure(() -> waiting.write(OBJECT, new byte[1], ABSENT))
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessageEndingWith("it was stopped before the next try");
    assertThat(Thread.interrupted()).isTrue();
  }
}
