package dev.alexnet.pipelines.synth;

/**
 * What {@code synth.json} says of the archives beside it, or of those that are being written.
 *
 * @param version of the drawing; another one draws other pictures from the same seed
 */
record SynthRecord(int version, int classes, int trainPerClass, int valPerClass, long seed) {
  private static final int CURRENT_VERSION = 1;

  static SynthRecord of(SynthSettings settings) {
    return new SynthRecord(
        CURRENT_VERSION,
        settings.classes(),
        settings.trainPerClass(),
        settings.valPerClass(),
        settings.seed());
  }

  /** For messages. */
  String description() {
    return "%d classes with %d training and %d validation pictures each, seed %d, drawing version %d"
        .formatted(classes, trainPerClass, valPerClass, seed, version);
  }
}
