package dev.alexnet.model.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files written by TensorFlow and NumPy: see {@code src/test/python/golden_dataset.py}. */
final class Golden {
  private Golden() {}

  static byte[] bytes(String name) {
    try (InputStream stream = Golden.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
