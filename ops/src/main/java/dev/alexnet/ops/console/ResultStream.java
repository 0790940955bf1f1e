package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output, whose reader may want only its beginning, as {@code head} does: what is written
 * after that is dropped. Whether such a reader is still there at a write depends on chance, so it
 * must not decide the exit code. A disk that is full is a failure.
 */
final class ResultStream extends OutputStream {
  private static final int TYPE = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private final OutputStream out;
  private final Path device;
  private boolean unread;

  /**
   * @param device by which the file system knows the stream
   */
  ResultStream(OutputStream out, Path device) {
    this.out = requireNonNull(out, "out is null");
    this.device = requireNonNull(device, "device is null");
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (unread) {
      return;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (!isReadByAnother()) {
        throw e;
      }
      unread = true;
    }
  }

  /** Nothing but the end of its reader makes a write to a pipe fail. */
  private boolean isReadByAnother() {
    try {
      int type = (Integer) Files.getAttribute(device, "unix:mode") & TYPE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // A system that cannot tell.
      return false;
    }
  }

  @Override
  public void flush() throws IOException {
    if (!unread) {
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
