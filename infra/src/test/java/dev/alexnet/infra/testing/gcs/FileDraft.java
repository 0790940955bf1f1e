package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Content in a file of its own. */
final class FileDraft extends Draft {
  private final Path file;
  private final OutputStream target;

  private record FileContent(Path file, long size) implements Content {
    @Override
    public InputStream open(long offset) throws IOException {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return Channels.newInputStream(channel.position(offset));
    }

    @Override
    public void discard() {
      delete(file);
    }
  }

  FileDraft(Path directory) {
    try {
      this.file = Files.createTempFile(directory, "content-", null);
      this.target = Files.newOutputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  OutputStream target() {
    return target;
  }

  @Override
  Content finish() {
    close();
    return new FileContent(file, size());
  }

  @Override
  void discard() {
    close();
    delete(file);
  }

  private void close() {
    try {
      target.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
