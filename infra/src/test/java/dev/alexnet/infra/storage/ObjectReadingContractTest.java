package dev.alexnet.infra.storage;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every store guarantees to its readers. */
public abstract class ObjectReadingContractTest {

  protected abstract ObjectStore store();

  /** An empty directory. */
  protected abstract Location root();

  protected final Location at(String name) {
    return root().resolve(name);
  }

  protected final void put(String name, String content) {
    store().write(at(name), content.getBytes(StandardCharsets.UTF_8));
  }

  protected final String content(String name) {
    return new String(store().readAll(at(name)), StandardCharsets.UTF_8);
  }

  private static String read(SeekableByteChannel channel, int length) throws IOException {
    return new String(Channels.newInputStream(channel).readNBytes(length), StandardCharsets.UTF_8);
  }

  protected static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static void assertMissing(Location location, ThrowingCallable call) {
    assertThatFailure(call)
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageStartingWith("Cannot read " + location + ": it does not exist; check the name");
  }

  /** A local directory is called one; in the cloud there is only no object of its name. */
  private static void assertUnreadable(Location directory, ThrowingCallable call) {
    assertThatFailure(call)
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .message()
        .startsWith("Cannot read " + directory + ": it ")
        .containsAnyOf("it is a directory; name a file in it", "it does not exist; check the name");
  }

  @Test
  void crc32c_anObject_isThatOfItsBytes() {
    put("digits", "123456789");
    put("empty", "");

    // The check value of CRC-32C (Castagnoli) in every catalogue of CRCs.
    assertThat(store().crc32c(at("digits"))).isEqualTo(0xE3069283L);
    assertThat(store().crc32c(at("empty"))).isZero();
    assertMissing(at("missing"), () -> store().crc32c(at("missing")));
  }

  @Test
  void open_severalPositions_readsFromEach() throws IOException {
    put("object", "0123456789");

    try (SeekableByteChannel channel = store().open(at("object"))) {
      assertThat(channel.size()).isEqualTo(10);
      assertThat(read(channel, 3)).isEqualTo("012");
      assertThat(channel.position()).isEqualTo(3);
      assertThat(read(channel.position(7), 2)).isEqualTo("78");
      assertThat(read(channel.position(1), 4)).isEqualTo("1234");
      assertThat(read(channel.position(5), 100)).isEqualTo("56789");
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void open_positionsFarApart_readsFromEach() throws IOException {
    byte[] bytes = randomBytes(4 << 20);
    store().write(at("large"), bytes);

    try (SeekableByteChannel channel = store().open(at("large"))) {
      for (int position : new int[] {0, 100, 3 << 20, 900_000, 905_000, (4 << 20) - 16}) {
        assertThat(Channels.newInputStream(channel.position(position)).readNBytes(16))
            .as("at %d", position)
            .isEqualTo(Arrays.copyOfRange(bytes, position, position + 16));
      }
    }
  }

  @Test
  void open_positionBeyondEnd_readsNothing() throws IOException {
    put("object", "0123456789");

    try (SeekableByteChannel channel = store().open(at("object"))) {
      assertThat(channel.position(10).read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(channel.position(1000).read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(read(channel.position(9), 1)).isEqualTo("9");
      assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void open_closedChannel_refusesToRead() throws IOException {
    put("object", "content");
    SeekableByteChannel channel = store().open(at("object"));
    channel.close();
    channel.close();

    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(channel::position).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void open_missingObject_isInputMissing() {
    assertMissing(at("absent"), () -> store().open(at("absent")));
    assertMissing(at("absent/child"), () -> store().size(at("absent/child")));
    assertMissing(at("absent"), () -> store().readAll(at("absent")));
    assertThat(store().exists(at("absent"))).isFalse();
    assertThat(store().isDirectory(at("absent"))).isFalse();
  }

  @Test
  void open_directory_isInputMissing() {
    put("directory/child", "content");

    assertThat(store().isDirectory(at("directory"))).isTrue();
    assertThat(store().exists(at("directory"))).isFalse();
    assertUnreadable(at("directory"), () -> store().open(at("directory")));
    assertUnreadable(at("directory"), () -> store().size(at("directory")));
    assertUnreadable(at("directory"), () -> store().readAll(at("directory")));
  }
}
