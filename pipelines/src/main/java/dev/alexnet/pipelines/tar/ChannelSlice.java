package dev.alexnet.pipelines.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A range of a channel as a separate read-only channel, for an archive within an archive. */
final class ChannelSlice implements SeekableByteChannel {
  private final SeekableByteChannel channel;
  private final long start;
  private final long length;
  private long position;

  ChannelSlice(SeekableByteChannel channel, long start, long length) {
    this.channel = channel;
    this.start = start;
    this.length = length;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= length) {
      return -1;
    }
    int limit = target.limit();
    target.limit((int) Math.min(limit, target.position() + length - position));
    try {
      int count = channel.position(start + position).read(target);
      position += Math.max(0, count);
      return count;
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
