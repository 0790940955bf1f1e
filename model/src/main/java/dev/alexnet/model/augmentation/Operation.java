package dev.alexnet.model.augmentation;

import dev.alexnet.model.image.View;
import java.math.BigDecimal;

/** One step of an augmentation, by its name in the language. Images are square. */
public sealed interface Operation {

  /** The operation's name: {@code random_crop}. */
  String name();

  /** How the operation is written: {@code random_crop(224)}. Equal operations have equal texts. */
  String text();

  /** Height and width in pixels of its result for an image of the given size. */
  int outputSize(int size);

  /** An operation that cuts a window out of an image. */
  sealed interface Crop extends Operation {
    /** Height and width of the window in pixels. */
    int size();

    @Override
    default String text() {
      return name() + "(" + size() + ")";
    }

    @Override
    default int outputSize(int size) {
      return size();
    }
  }

  /**
   * Brings the shorter side to a size as the conversion does: by the mean over the area of a pixel
   * when shrinking, bicubic when enlarging, rounded to whole levels.
   *
   * @param size in pixels
   */
  record ResizeSmall(int size) implements Operation {
    static final String NAME = "resize_small";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String text() {
      return NAME + "(" + size + ")";
    }

    @Override
    public int outputSize(int before) {
      return size;
    }
  }

  /**
   * A window whose offsets are uniform over all that fit, the last included (paper, section 4.1).
   */
  record RandomCrop(int size) implements Crop {
    static final String NAME = "random_crop";

    @Override
    public String name() {
      return NAME;
    }
  }

  /** The window in the middle; if the margin is odd, the extra pixel is at the end. */
  record CentreCrop(int size) implements Crop {
    static final String NAME = "centre_crop";

    @Override
    public String name() {
      return NAME;
    }
  }

  /**
   * {@link View#TEN The ten views} that a prediction is averaged over, a copy each, in the order of
   * scoring.
   */
  record TenViews(int size) implements Crop {
    static final String NAME = "ten_views";

    @Override
    public String name() {
      return NAME;
    }
  }

  /** Mirrors every second image from left to right. */
  record Flip() implements Operation {
    static final String NAME = "flip";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String text() {
      return NAME;
    }

    @Override
    public int outputSize(int size) {
      return size;
    }
  }

  /**
   * Adds to every pixel of an image the same colour: the sum of the training set's principal
   * colours, each a standard deviation long, times {@code strength} times a draw from the standard
   * normal distribution (paper, section 4.1).
   */
  record Colour(double strength) implements Operation {
    static final String NAME = "colour";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String text() {
      // Without an exponent, and whole strengths as whole numbers, so that equal strengths have
      // equal texts.
      BigDecimal plain = BigDecimal.valueOf(strength).stripTrailingZeros();
      return NAME + "(" + plain.toPlainString() + ")";
    }

    @Override
    public int outputSize(int size) {
      return size;
    }
  }
}
