package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Bytes of one generation of an object, in order. If a response breaks, ends early or is silent,
 * the next request begins where it ended.
 */
final class GcsObjectStream extends InputStream {
  private final GcsService service;
  private final Retrier retrier;
  private final Location location;
  private final Attempts attempts;
  private OptionalLong generation;
  private ObjectEntry object;
  private GcsMedia media;
  private long position;
  private long end;

  /**
   * @param generation empty for the newest when the stream is first used
   * @param from the first byte
   * @param end after the last byte, which must exist; {@link Long#MAX_VALUE} for all
   */
  GcsObjectStream(
      GcsService service,
      Retrier retrier,
      Location location,
      OptionalLong generation,
      long from,
      long end) {
    this.service = service;
    this.retrier = retrier;
    this.location = location;
    this.generation = generation;
    this.position = from;
    this.end = end;
    this.attempts = retrier.start("read", location);
  }

  /** The object, as the first response describes it. */
  ObjectEntry object() {
    while (object == null) {
      try {
        connect();
      } catch (IOException e) {
        failed(e);
      }
    }
    return object;
  }

  @Override
  public int read() {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  /**
   * @throws Failure if the bytes cannot be had; INPUT_MISSING if the generation is gone
   */
  @Override
  public int read(byte[] target, int offset, int length) {
    while (position < end) {
      try {
        connect();
        if (position >= end) {
          break;
        }
        int count =
            attempts.attempt(
                () -> media.read(target, offset, (int) Math.min(length, end - position)));
        if (count < 0) {
          throw new EOFException("the response ended at byte " + position + " of " + end);
        }
        position += count;
        attempts.progressed();
        return count;
      } catch (IOException e) {
        failed(e);
      }
    }
    return -1;
  }

  private void connect() throws IOException {
    if (media != null) {
      return;
    }
    media = attempts.attempt(() -> service.media(location, generation, position, end));
    if (object == null) {
      object = media.object(location.name());
      generation = OptionalLong.of(object.generation());
      end = Math.min(end, object.size());
    }
  }

  private void failed(IOException error) {
    disconnect();
    if (Trouble.status(error) == 416) {
      // The range begins where the object ends, or after it.
      end = position;
      return;
    }
    if (Trouble.status(error) == 404 && generation.isPresent()) {
      throw retrier.failures().replaced(location, generation.getAsLong());
    }
    attempts.failed(error);
  }

  private void disconnect() {
    try {
      if (media != null) {
        media.close();
      }
    } catch (IOException e) {
      // It was of no use any more.
    }
    media = null;
  }

  @Override
  public void close() {
    attempts.end();
    disconnect();
  }
}
