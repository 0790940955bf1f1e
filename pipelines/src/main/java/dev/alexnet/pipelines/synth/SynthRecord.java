package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.text.Quantity;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code synth.json} says of the archives beside it, or of those that are being written.
 *
 * @param version of the drawing; another one draws other pictures from the same seed
 * @param crc32c of the archives, by name; empty while they are being written
 */
record SynthRecord(
    int version,
    int classes,
    int trainPerClass,
    int valPerClass,
    long seed,
    SortedMap<String, Long> crc32c) {
  private static final int CURRENT_VERSION = 1;

  SynthRecord {
    crc32c = crc32c == null ? new TreeMap<>() : new TreeMap<>(crc32c);
  }

  static SynthRecord of(SynthSettings settings) {
    return new SynthRecord(
        CURRENT_VERSION,
        settings.classes(),
        settings.trainPerClass(),
        settings.valPerClass(),
        settings.seed(),
        Collections.emptySortedMap());
  }

  SynthRecord complete(SortedMap<String, Long> checksums) {
    return new SynthRecord(version, classes, trainPerClass, valPerClass, seed, checksums);
  }

  /** The same before the archives were there. */
  SynthRecord begun() {
    return complete(Collections.emptySortedMap());
  }

  /** For messages. */
  String description() {
    return "%s with %,d training and %s each, seed %d, drawing version %d"
        .formatted(
            Quantity.of(classes, "class"),
            trainPerClass,
            Quantity.of(valPerClass, "validation picture"),
            seed,
            version);
  }
}
