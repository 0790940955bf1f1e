package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.image.PictureHeader;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.pipelines.source.PictureReference;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Reads pictures by byte range. Keeps the last archive open. Not thread-safe. */
final class PictureReader implements Closeable {
  private final ObjectStore store;
  private Location archive;
  private SeekableByteChannel channel;

  PictureReader(ObjectStore store) {
    this.store = store;
  }

  /**
   * @throws RejectedPicture if the picture is too large to be read
   * @throws Failure of kind INPUT_OUTPUT if the archive ends too early or cannot be read
   */
  byte[] read(PictureReference reference) throws RejectedPicture {
    PictureHeader.checkLength(reference.length());
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
      close();
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

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      archive = null;
    }
  }
}
