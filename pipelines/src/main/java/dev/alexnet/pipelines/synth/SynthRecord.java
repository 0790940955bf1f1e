package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.text.Quantity;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code synth.json}: the archives beside it, or those that are being written.
 *
 * @param version the version of the drawing; another version draws other pictures from the same
 *     seed
 * @param crc32c the checksums of the archives, by name; empty while they are being written
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

  /** The record as it was before the archives were complete. */
  SynthRecord withoutChecksums() {
    return complete(Collections.emptySortedMap());
  }

  /** A description for messages. */
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
