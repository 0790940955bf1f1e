package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.ReadAhead;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.image.PictureHeader;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.pipelines.source.PictureReference;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/**
 * Reads pictures by byte range, in the order that it is told. Those on an object store are read
 * ahead, several at once, and compared with their checksums; local ones are read when they are
 * asked for, and the last archive stays open. Not thread-safe.
 */
final class PictureReader implements Closeable {
  /** For each worker. At 40 ms a request, 800 pictures a second: more than a core converts. */
  static final int IN_FLIGHT = 32;

  /** In flight and waiting: some 600 pictures of the usual length, or one of the largest. */
  static final long BYTES = PictureHeader.LARGEST_FILE;

  private final ObjectStore store;
  private final ReadAhead<PictureReference, Picture> ahead;
  private Location archive;
  private SeekableByteChannel channel;
  private long stamp;

  @SuppressWarnings("ArrayRecordComponent")
  private record Picture(PictureReference reference, byte[] content) {}

  /**
   * @param pictures all that will be read, in that order; too large ones may be left out of it
   */
  PictureReader(ObjectStore store, List<PictureReference> pictures) {
    this.store = store;
    this.ahead =
        new ReadAhead<>(
            pictures.stream()
                .filter(picture -> picture.archive().isCloud())
                .filter(picture -> picture.length() <= PictureHeader.LARGEST_FILE)
                .iterator(),
            PictureReference::length,
            picture -> new Picture(picture, picture.range().read(store)),
            new ReadAhead.Limit(IN_FLIGHT, BYTES));
  }

  /**
   * @throws RejectedPicture if the picture is too large to be read
   * @throws Failure of kind INPUT_OUTPUT if the archive ends too early or cannot be read; BAD_DATA
   *     if its bytes are not those that were indexed
   */
  byte[] read(PictureReference reference) throws RejectedPicture {
    PictureHeader.checkLength(reference.length());
    return reference.archive().isCloud() ? next(reference) : seek(reference);
  }

  /**
   * What shows without reading whether a picture's file is replaced later, taken before it was
   * read.
   *
   * @param last the picture that was read last
   * @return as in {@link ObjectEntry#stamp}
   */
  long stampOf(PictureReference last) {
    return last.archive().isCloud() ? last.generation() : stamp;
  }

  private byte[] next(PictureReference wanted) {
    Picture next = ahead.next();
    if (!next.reference().equals(wanted)) {
      throw new IllegalStateException(wanted + " is read instead of " + next.reference());
    }
    return next.content();
  }

  private byte[] seek(PictureReference reference) {
    ByteBuffer bytes = ByteBuffer.allocate((int) reference.length());
    try {
      open(reference.archive());
      channel.position(reference.offset());
      int count = 0;
      while (bytes.hasRemaining() && count >= 0) {
        count = channel.read(bytes);
      }
    } catch (IOException e) {
      throw failure(reference, e.toString(), e);
    }
    if (bytes.hasRemaining()) {
      throw failure(
          reference,
          bytes.remaining()
              + " bytes are missing; check whether the file changed since it was listed",
          null);
    }
    return bytes.array();
  }

  private void open(Location wanted) throws IOException {
    if (!wanted.equals(archive)) {
      closeArchive();
      stamp = store.find(wanted).map(ObjectEntry::stamp).orElse(0L);
      channel = store.open(wanted);
      archive = wanted;
    }
  }

  private static Failure failure(PictureReference reference, String reason, IOException cause) {
    return new Failure(
        Failure.Kind.INPUT_OUTPUT,
        "Cannot read "
            + reference.id()
            + " of "
            + reference.archive()
            + " at byte "
            + reference.offset()
            + ": "
            + reason,
        cause);
  }

  private void closeArchive() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      archive = null;
    }
  }

  @Override
  public void close() throws IOException {
    ahead.close();
    closeArchive();
  }
}
