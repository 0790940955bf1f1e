package dev.alexnet.infra.reading;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.storage.DamagedTransferException;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges, streams and objects read in parts, against a service that damages them. */
@Timeout(120)
class CheckedReadingTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final Location OBJECT = new Location("gs://bucket/object");

  private final FakeGcs gcs = new FakeGcs();
  private final ObjectStore store = EmulatedStores.standard(gcs);

  @AfterEach
  void tearDown() {
    gcs.close();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private CheckedRange rangeOf(byte[] content, int offset, int length) {
    long crc = Crc32c.of(Arrays.copyOfRange(content, offset, offset + length));
    return new CheckedRange(OBJECT, gcs.generation(FakeGcs.BUCKET, "object"), offset, length, crc);
  }

  private void flip(long first, long step) {
    FaultScript script = FaultScript.of(Fault.FLIPPED_BIT).on(RequestKind.MEDIA);
    gcs.script(step == 0 ? script.at(first) : script.from(first));
  }

  @Test
  void read_rangeDamagedOnItsWay_isReadAgain() {
    byte[] content = random(1000);
    gcs.put("object", content);
    flip(1, 0);

    assertThat(rangeOf(content, 10, 300).read(store))
        .isEqualTo(Arrays.copyOfRange(content, 10, 310));
    assertThat(gcs.injected()).containsEntry(Fault.FLIPPED_BIT, 1L);
  }

  @Test
  void read_rangeDamagedInTheObject_isRefused() {
    byte[] content = random(1000);
    gcs.put("object", content);
    CheckedRange range = rangeOf(content, 10, 300);
    gcs.rot(FakeGcs.BUCKET, "object", 10);

    assertThatFailure(() -> range.read(store))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith("300 bytes of gs://bucket/object at byte 10 are damaged: ");
    assertThat(rangeOf(content, 11, 300).read(store))
        .isEqualTo(Arrays.copyOfRange(content, 11, 311));
  }

  @Test
  void read_emptyRange_needsNoRequest() {
    assertThat(new CheckedRange(OBJECT, 1, 5, 0, 0).read(store)).isEmpty();
    assertThat(gcs.requests()).isEmpty();
  }

  @Test
  void followedBy_otherRanges_isRefused() {
    CheckedRange range = new CheckedRange(OBJECT, 1, 0, 10, 0);

    assertThatThrownBy(() -> range.followedBy(new CheckedRange(OBJECT, 1, 11, 10, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> range.followedBy(new CheckedRange(OBJECT, 2, 10, 10, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 9 * MEBIBYTE + 1})
  void open_object_givesItsBytes(int length) throws IOException {
    byte[] content = random(length);
    gcs.put("object", content);

    try (InputStream stream = ObjectStream.open(store, OBJECT)) {
      assertThat(stream.readAllBytes()).isEqualTo(content);
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 9 * MEBIBYTE + 1})
  void open_damagedObject_isRefusedBeforeItsEnd(int length) {
    gcs.put("object", random(length));
    gcs.rot(FakeGcs.BUCKET, "object", 17);

    assertThatFailure(this::readAll)
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("gs://bucket/object");
  }

  private void readAll() {
    try (InputStream stream = ObjectStream.open(store, OBJECT)) {
      stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void open_smallObjectDamagedOnItsWay_isReadAgain() throws IOException {
    byte[] content = random(1000);
    gcs.put("object", content);
    flip(1, 0);

    try (InputStream stream = ObjectStream.open(store, OBJECT)) {
      assertThat(stream.readAllBytes()).isEqualTo(content);
    }
  }

  @Test
  void open_largeObjectDamagedOnItsWay_isReadAgain() throws IOException {
    byte[] content = random(9 * MEBIBYTE + 1);
    gcs.put("object", content);
    flip(2, 0);

    try (InputStream stream = ObjectStream.open(store, OBJECT)) {
      assertThat(stream.readAllBytes()).isEqualTo(content);
    }
    assertThat(gcs.injected()).containsEntry(Fault.FLIPPED_BIT, 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 9 * MEBIBYTE + 1})
  void open_checksumToldWrongOnce_isReadAgain(int length) throws IOException {
    byte[] content = random(length);
    gcs.put("object", content);
    for (int k = 1; k <= 3; k++) {
      gcs.reset();
      gcs.script(FaultScript.of(Fault.WRONG_CHECKSUM).at(k));

      try (InputStream stream = ObjectStream.open(store, OBJECT)) {
        assertThat(stream.readAllBytes()).as("response %d", k).isEqualTo(content);
      }
    }
  }

  @Test
  void read_wholeObjectListedWithAWrongChecksum_isRead() {
    byte[] content = random(1000);
    gcs.put("object", content);
    CheckedRange right = rangeOf(content, 0, 1000);
    CheckedRange listed = new CheckedRange(OBJECT, right.generation(), 0, 1000, 5);

    assertThat(listed.read(store)).isEqualTo(content);

    gcs.rot(FakeGcs.BUCKET, "object", 0);
    assertThatFailure(() -> listed.read(store)).isOfKind(Failure.Kind.BAD_DATA);
    assertThatFailure(() -> right.read(store)).isOfKind(Failure.Kind.BAD_DATA);
  }

  @Test
  void require_checksumToldWrongOnce_passes() {
    gcs.put("object", random(100));
    List<CheckedRange> parts = parts(50, 50);
    gcs.script(FaultScript.of(Fault.WRONG_CHECKSUM).on(RequestKind.METADATA));

    CheckedObject.require(store, parts);

    assertThat(gcs.injected()).containsEntry(Fault.WRONG_CHECKSUM, 1L);
  }

  @Test
  void open_missingObject_fails() {
    assertThatFailure(this::readAll).isOfKind(Failure.Kind.INPUT_MISSING);
  }

  private List<CheckedRange> parts(int... lengths) {
    ObjectEntry entry = store.find(OBJECT).orElseThrow();
    List<CheckedRange> parts = new ArrayList<>();
    long offset = 0;
    for (int length : lengths) {
      parts.add(0, CheckedRange.of(store, OBJECT, entry.generation(), offset, length));
      offset += length;
    }
    return parts;
  }

  @Test
  void require_allPartsInAnyOrderAndRepeated_passes() {
    gcs.put("object", random(3 * MEBIBYTE + 5));
    List<CheckedRange> parts = parts(3, 2 * MEBIBYTE, MEBIBYTE, 2);
    parts.add(parts.get(1));

    CheckedObject.require(store, parts);
    CheckedObject.require(store, List.of());
  }

  @Test
  void require_missingPart_isRefused() {
    gcs.put("object", random(100));
    List<CheckedRange> parts = parts(3, 90, 7);

    for (CheckedRange part : parts) {
      List<CheckedRange> others = new ArrayList<>(parts);
      others.remove(part);
      assertThatFailure(() -> CheckedObject.require(store, others))
          .isOfKind(Failure.Kind.BAD_DATA)
          .hasMessage(
              "gs://bucket/object was changed while it was read; run the same command again");
    }
  }

  @Test
  void require_objectThatWasReplaced_isRefused() {
    gcs.put("object", random(100));
    List<CheckedRange> parts = parts(50, 50);
    gcs.put("object", random(100));

    assertThatFailure(() -> CheckedObject.require(store, parts)).isOfKind(Failure.Kind.BAD_DATA);
  }

  @Test
  void require_damagedObject_isRefused() {
    gcs.put("object", random(100));
    gcs.rot(FakeGcs.BUCKET, "object", 99);

    assertThatFailure(() -> CheckedObject.require(store, parts(50, 50)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith("gs://bucket/object is damaged: its bytes have the CRC-32C ");
  }

  @Test
  void require_partDamagedOnItsWay_saysThatItIsNotTheObject() {
    gcs.put("object", random(100));
    flip(2, 0);
    List<CheckedRange> parts = parts(50, 50);

    assertThatFailure(() -> CheckedObject.require(store, parts))
        .isOfKind(Failure.Kind.REMOTE)
        .matches(DamagedTransferException::isCauseOf);
  }
}
