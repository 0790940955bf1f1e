package dev.alexnet.infra.testing.gcs;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of an object. They never change. */
interface Content {
  long size();

  /**
   * @throws java.nio.file.NoSuchFileException if it was discarded meanwhile
   */
  InputStream open(long offset) throws IOException;

  /** The object was deleted or replaced. */
  void discard();
}
