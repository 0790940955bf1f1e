package dev.alexnet.infra.reading;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RangeStreamTest {
  private static final int BLOCK = RangeStream.BLOCK;

  private final Recording store = new Recording();
  @TempDir private Path directory;

  /** Remembers the ranges that it read. */
  private static final class Recording extends ForwardingStore {
    private final ObjectStore local = ObjectStores.standard();
    private final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();

    @Override
    protected ObjectStore storeOf(Location location) {
      return local;
    }

    @Override
    public byte[] readRange(Location location, long generation, long offset, int length) {
      ranges.add(offset + "+" + length);
      return local.readRange(location, generation, offset, length);
    }
  }

  private Location write(byte[] content) throws IOException {
    return Location.of(Files.write(directory.resolve("object"), content));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private RangeStream open(Location object, long offset, long length) {
    return new RangeStream(
        store, object, store.find(object).orElseThrow().generation(), offset, length);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "7, 100", "0, 1048576", "0, 1048577", "13, 3145728", "5, 3500000"})
  void read_range_givesItsBytes(int offset, int length) throws IOException {
    byte[] content = random(4 << 20);
    Location object = write(content);

    try (RangeStream stream = open(object, offset, length)) {
      assertThat(stream.readAllBytes())
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.read(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  void read_manyBlocks_readsEachOnceAndOnlyAsFarAheadAsStated() throws IOException {
    Location object = write(random(40 * BLOCK + 3));

    try (RangeStream stream = open(object, 0, 40L * BLOCK + 3)) {
      assertThat(stream.read()).isNotNegative();
      // The first block is with the caller; as many others as stated may be in flight or wait.
      assertThat(store.ranges.size()).isLessThanOrEqualTo(1 + RangeStream.BLOCKS);
      stream.readAllBytes();
    }

    assertThat(store.ranges)
        .hasSize(41)
        .doesNotHaveDuplicates()
        .contains("0+" + BLOCK, 40 * BLOCK + "+3");
  }

  @Test
  void read_singleBytes_givesThemUnsigned() throws IOException {
    Location object = write(new byte[] {0, 127, -128, -1});

    try (RangeStream stream = open(object, 1, 3)) {
      assertThat(new int[] {stream.read(), stream.read(), stream.read(), stream.read()})
          .containsExactly(127, 128, 255, -1);
    }
  }

  @Test
  void read_objectThatWasReplaced_fails() throws IOException {
    Location object = write(random(100));

    try (RangeStream stream = open(object, 0, 100)) {
      store.write(object, random(101));

      assertThatFailure(stream::read).isOfKind(Failure.Kind.INPUT_MISSING);
    }
  }
}
