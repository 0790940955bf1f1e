package dev.alexnet.pipelines.convert.input;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.source.PictureReference;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32C;

/** Reads pictures of local files for their checksums; the last file stays open. */
final class ArchiveReader implements AutoCloseable {
  private final ObjectStore store;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
  private Location archive;
  private SeekableByteChannel channel;

  ArchiveReader(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  long crc32c(PictureReference picture) {
    CRC32C crc = new CRC32C();
    try {
      if (!picture.archive().equals(archive)) {
        closeArchive();
        channel = store.open(picture.archive());
        archive = picture.archive();
      }
      channel.position(picture.offset());
      for (long left = picture.length(); left > 0; left -= buffer.remaining()) {
        buffer.clear().limit((int) Math.min(left, buffer.capacity()));
        if (channel.read(buffer) < 0) {
          throw new EOFException("it ends within " + picture.id());
        }
        crc.update(buffer.flip().duplicate());
      }
      return crc.getValue();
    } catch (IOException e) {
      throw Failure.inputOutput("read", picture.archive(), e);
    }
  }

  private void closeArchive() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
      archive = null;
    }
  }

  @Override
  public void close() {
    try {
      closeArchive();
    } catch (IOException e) {
      throw Failure.inputOutput("close", archive, e);
    }
  }
}
