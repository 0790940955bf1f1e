package dev.alexnet.model.augmentation;

/** One step of an augmentation, by its name in the language. */
public sealed interface Operation {

  /** How the operation is written: {@code random_crop(224)}. */
  String text();

  /**
   * A window whose offsets are uniform over all that fit, the last included (paper, section 4.1).
   *
   * @param size height and width in pixels
   */
  record RandomCrop(int size) implements Operation {
    @Override
    public String text() {
      return "random_crop(" + size + ")";
    }
  }

  /** Mirrors every second image from left to right. */
  record Flip() implements Operation {
    @Override
    public String text() {
      return "flip";
    }
  }

  /**
   * Adds to every pixel of an image the same colour: the sum of the training set's principal
   * colours, each a standard deviation long, times {@code strength} times a draw from the standard
   * normal distribution (paper, section 4.1).
   */
  record Colour(double strength) implements Operation {
    @Override
    public String text() {
      // Whole strengths as whole numbers, so that a text has one form only.
      return strength == Math.rint(strength)
          ? "colour(" + (long) strength + ")"
          : "colour(" + strength + ")";
    }
  }
}
