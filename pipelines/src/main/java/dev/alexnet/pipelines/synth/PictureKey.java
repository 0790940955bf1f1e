package dev.alexnet.pipelines.synth;

/**
 * One picture of the set. Together with the seed it determines every pixel.
 *
 * @param number the picture's number within its class and split, from 1
 */
record PictureKey(Split split, SyntheticClass kind, int number) {

  PictureRandom random(long seed) {
    return PictureRandom.of(seed, split.code, kind.number(), number);
  }

  enum Split {
    TRAINING(1),
    VALIDATION(2);

    private final int code;

    Split(int code) {
      this.code = code;
    }
  }
}
