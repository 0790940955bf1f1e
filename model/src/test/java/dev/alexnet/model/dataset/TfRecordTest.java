package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TfRecordTest {
  private static final byte[] GOLDEN = Golden.bytes("three.tfrecord");

  private static final ExampleCodec CODEC =
      new ExampleCodec(
          RecordSchema.TFDS, new Labels(List.of(new ClassLabel("n01440764", "tench"))), 256);

  private static final List<ImageRecord> RECORDS =
      List.of(
          new ImageRecord(
              new byte[] {-1, -40, -1, -32, 'J', 'P', 'E', 'G', 0},
              7,
              "n01440764_10026.JPEG",
              "n01440764"),
          new ImageRecord(everyByte(), -1, "größe/犬.JPEG", ""),
          new ImageRecord(new byte[0], 999, "x", "n15075141"));

  private static byte[] everyByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static List<byte[]> read(byte[] file) {
    return read(new ByteArrayInputStream(file));
  }

  private static List<byte[]> read(InputStream stream) {
    List<byte[]> records = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(stream, "f")) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }

  private static byte[] write(List<byte[]> records) throws IOException {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    TfRecordWriter writer = new TfRecordWriter(stream);
    for (byte[] record : records) {
      writer.write(record);
    }
    return stream.toByteArray();
  }

  /** A record's header with a matching checksum. */
  private static byte[] header(long length) {
    ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    return header.putInt(MaskedCrc.of(header.array(), 0, 8)).array();
  }

  /** The offset of each record, and the end of the last. */
  private static List<Integer> boundaries(byte[] file) {
    List<Integer> boundaries = new ArrayList<>(List.of(0));
    for (byte[] record : read(file)) {
      boundaries.add(boundaries.get(boundaries.size() - 1) + 12 + record.length + 4);
    }
    return boundaries;
  }

  @Test
  void write_recordsOfTensorFlow_givesTensorFlowsBytes() throws IOException {
    assertThat(write(RECORDS.stream().map(CODEC::encode).toList())).isEqualTo(GOLDEN);
  }

  @Test
  void next_fileOfTensorFlow_givesItsRecords() {
    List<ImageRecord> records =
        read(GOLDEN).stream().map(record -> CODEC.decode(record, "f")).toList();

    assertThat(records)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(RECORDS);
  }

  @Test
  void shard_someRecords_describesTheFile() throws IOException {
    TfRecordWriter writer = new TfRecordWriter(OutputStream.nullOutputStream());
    assertThat(writer.shard("s")).isEqualTo(new Shard("s", 0, 0, 0));
    for (ImageRecord record : RECORDS) {
      writer.write(CODEC.encode(record));
    }

    CRC32C crc = new CRC32C();
    crc.update(GOLDEN);
    assertThat(writer.shard("s")).isEqualTo(new Shard("s", 3, GOLDEN.length, crc.getValue()));
  }

  @Test
  void maskedCrc_knownText_isTensorFlows() {
    // The end of a file by TensorFlow 2.21: w = tf.io.TFRecordWriter("f"); w.write(b"123456789");
    // w.close(); print(open("f", "rb").read()[-4:][::-1].hex())
    assertThat(MaskedCrc.of("123456789".getBytes(StandardCharsets.US_ASCII), 0, 9))
        .isEqualTo(0xc78ab0e5);
    assertThat(MaskedCrc.of("x123456789y".getBytes(StandardCharsets.US_ASCII), 1, 9))
        .isEqualTo(0xc78ab0e5);
  }

  @Test
  void next_emptyFile_isTheEnd() {
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void next_emptyRecord_isNotTheEnd() throws IOException {
    assertThat(read(write(List.of(new byte[0], new byte[] {1}, new byte[0]))))
        .containsExactly(new byte[0], new byte[] {1}, new byte[0]);
  }

  @Test
  void next_streamThatGivesOneByteAtATime_readsTheSame() {
    InputStream dripping =
        new ByteArrayInputStream(GOLDEN) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
          }
        };

    assertThat(read(dripping)).containsExactlyElementsOf(read(GOLDEN));
  }

  @Test
  void where_afterEachRecord_isItsOffset() throws IOException {
    List<Integer> boundaries = boundaries(GOLDEN);
    try (TfRecordReader reader = new TfRecordReader(new ByteArrayInputStream(GOLDEN), "f")) {
      for (int i = 0; i < 3; i++) {
        reader.next();
        assertThat(reader.where()).isEqualTo("f at byte " + boundaries.get(i));
      }
    }
    assertThat(boundaries.get(3)).isEqualTo(GOLDEN.length);
  }

  @Test
  void next_anyBitFlipped_isDetectedAtItsRecord() {
    List<Integer> boundaries = boundaries(GOLDEN);
    SoftAssertions softly = new SoftAssertions();
    for (int bit = 0; bit < GOLDEN.length * 8; bit++) {
      byte[] flipped = GOLDEN.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      int position = bit / 8;
      int start = boundaries.stream().filter(b -> b <= position).reduce(0, Math::max);
      softly
          .assertThatThrownBy(() -> read(flipped))
          .as("bit %d", bit)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BAD_DATA))
          .hasMessageStartingWith(
              "The record of f at byte " + start + " is corrupt: the checksum ");
    }
    softly.assertAll();
  }

  @Test
  void next_cutAnywhere_isDetectedOrEndsAfterWholeRecord() {
    List<Integer> boundaries = boundaries(GOLDEN);
    List<byte[]> whole = read(GOLDEN);
    for (int length = 0; length < GOLDEN.length; length++) {
      byte[] cut = Arrays.copyOf(GOLDEN, length);
      int records = boundaries.indexOf(length);
      if (records >= 0) {
        assertThat(read(cut)).containsExactlyElementsOf(whole.subList(0, records));
      } else {
        int end = length;
        int start = boundaries.stream().filter(b -> b < end).reduce(0, Math::max);
        assertThatFailure(() -> read(cut))
            .as("cut at %d", length)
            .isOfKind(Failure.Kind.BAD_DATA)
            .hasMessageMatching(
                "The record of f at byte "
                    + start
                    + " is corrupt: the file ends \\d+ bytes too early\\. Write the shard "
                    + "again\\.");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, (256 << 20) + 1})
  void next_absurdLength_isRefusedBeforeAllocation(long length) {
    assertThatFailure(() -> read(header(length)))
        .hasMessage(
            "The record of f at byte 0 is corrupt: its length is "
                + length
                + " bytes; the limit is 268435456. Write the shard again.");
  }

  @Test
  void next_largestLengthWithoutData_isCutShort() {
    assertThatThrownBy(() -> read(header(256 << 20)))
        .hasMessage(
            "The record of f at byte 0 is corrupt: the file ends 268435456 bytes too early."
                + " Write the shard again.");
  }

  @Test
  void next_streamFails_isInputOutputFailure() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatFailure(() -> read(broken))
        .isOfKind(Failure.Kind.INPUT_OUTPUT)
        .hasMessage(
            "Cannot read f at byte 0: the disk is gone; check the disk, then run the same command again");
  }
}
