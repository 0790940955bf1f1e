package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.storage.LocalFailure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.PendingObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Written to a local temporary file, which the commit sends. An upload that ran while the content
 * was produced could not be sent again from its start, nor in parallel.
 */
final class GcsPendingObject implements PendingObject {
  /** Sends the file. */
  interface Sender {
    long send(Path file);
  }

  private final Sender sender;
  private final Location location;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream stream;

  GcsPendingObject(Location location, Sender sender) {
    this.location = location;
    this.sender = sender;
    try {
      this.temporary = Files.createTempFile("pending-", null);
      this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw LocalFailure.of("write a temporary file for", location, e);
    }
    this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 18);
  }

  @Override
  public OutputStream stream() {
    return stream;
  }

  @Override
  public long commit() {
    try {
      stream.flush();
      channel.close();
    } catch (IOException e) {
      throw LocalFailure.of("write a temporary file for", location, e);
    }
    return sender.send(temporary);
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw LocalFailure.of("remove", Location.of(temporary), e);
    }
  }
}
