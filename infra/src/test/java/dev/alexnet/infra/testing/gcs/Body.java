package dev.alexnet.infra.testing.gcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a response sends. */
interface Body {
  Body EMPTY = of(new byte[0]);

  long length();

  InputStream open() throws IOException;

  static Body of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Body of(byte[] bytes) {
    return new Body() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  /** A range of an object's content. */
  static Body of(Content content, long offset, long length) {
    return new Body() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return content.open(offset);
      }
    };
  }

  /** The same with one wrong bit in the middle. */
  static Body flipped(Body sound) {
    return new Body() {
      @Override
      public long length() {
        return sound.length();
      }

      @Override
      public InputStream open() throws IOException {
        return new FlippedStream(sound.open(), sound.length() / 2, () -> {});
      }
    };
  }
}
