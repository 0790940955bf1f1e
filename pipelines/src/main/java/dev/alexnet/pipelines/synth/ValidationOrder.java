package dev.alexnet.pipelines.synth;

import java.util.ArrayList;
import java.util.List;

/** The validation pictures in the order of their file names: the classes shuffled by the seed. */
final class ValidationOrder {
  // Separates these draws from those of the pictures, whose origins have four numbers.
  private static final long PURPOSE = 3;

  private ValidationOrder() {}

  static List<PictureKey> of(List<SyntheticClass> classes, int perClass, long seed) {
    List<PictureKey> keys = new ArrayList<>();
    for (SyntheticClass kind : classes) {
      for (int number = 1; number <= perClass; number++) {
        keys.add(new PictureKey(PictureKey.Split.VALIDATION, kind, number));
      }
    }
    PictureRandom.of(seed, PURPOSE).shuffle(keys);
    return List.copyOf(keys);
  }
}
