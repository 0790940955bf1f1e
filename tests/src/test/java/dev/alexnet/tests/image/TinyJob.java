package dev.alexnet.tests.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A job that calls TensorFlow in every step and ends within seconds. */
final class TinyJob {
  private static final String SECTIONS =
      """
      synth:
        classes: 3
        train-per-class: 20
        val-per-class: 6
      convert:
        size: 56
      train:
        preset: mini
        steps: %d
        batch: 16
      score:
        batch: 16
      """;

  private TinyJob() {}

  static void write(Path file, int steps) throws IOException {
    Files.writeString(file, SECTIONS.formatted(steps));
  }
}
