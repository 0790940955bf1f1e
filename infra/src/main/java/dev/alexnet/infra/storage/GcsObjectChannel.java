package dev.alexnet.infra.storage;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.StorageException;
import dev.alexnet.infra.failure.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads one generation of an object of Google Cloud Storage, at any position. */
final class GcsObjectChannel implements SeekableByteChannel {
  // How much the client reads ahead after each seek; its default of 2 MiB is about 20 pictures.
  private static final int CHUNK = 1 << 18;
  // Reading across a shorter gap is faster than a new request.
  private static final int LONGEST_SKIP = 1 << 20;

  private final Location location;
  private final long size;
  private final ReadChannel channel;
  private long position;
  private long channelPosition;

  GcsObjectChannel(Location location, long size, ReadChannel channel) {
    this.location = location;
    this.size = size;
    this.channel = channel;
    channel.setChunkSize(CHUNK);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    if (position >= size) {
      return -1;
    }
    try {
      moveChannel();
      int count = channel.read(target);
      if (count < 0) {
        throw new EOFException("it ends at byte " + position + " of " + size);
      }
      position += count;
      channelPosition = position;
      return count;
    } catch (StorageException | IOException e) {
      throw failure(e);
    }
  }

  private void moveChannel() throws IOException {
    long gap = position - channelPosition;
    if (gap < 0 || gap > LONGEST_SKIP) {
      channel.seek(position);
      channelPosition = position;
      return;
    }
    ByteBuffer skipped = ByteBuffer.allocate((int) gap);
    while (skipped.hasRemaining() && channel.read(skipped) >= 0) {
      channelPosition = position - skipped.remaining();
    }
  }

  private Failure failure(Exception thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException refused) {
        return GcsFailure.of("read", location, refused);
      }
    }
    return new Failure(
        Failure.Kind.REMOTE,
        "Cannot read " + location + ": " + thrown.getMessage() + "; run the same command again",
        thrown);
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("The position " + newPosition + " is negative");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return size;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }
}
