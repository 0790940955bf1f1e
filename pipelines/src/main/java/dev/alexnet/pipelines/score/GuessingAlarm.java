package dev.alexnet.pipelines.score;

import java.util.Locale;
import java.util.Optional;

/**
 * Knows an error that is no better than guessing, which most often means that labels and images do
 * not belong together: another order of classes, another number of the first one, a stray folder.
 */
final class GuessingAlarm {
  /** Of guesses at random, so many must be right on average before anything can be told. */
  private static final int RIGHT_BY_CHANCE = 5;

  private static final int FEWEST_IMAGES = 100;

  /**
   * Of many classes in a wrong order, one or two keep their places, and all of their images would
   * be right: more than guessing, and not by chance.
   */
  private static final int KEPT_PLACES = 3;

  private static final int MANY_CLASSES = 100;

  private GuessingAlarm() {}

  /**
   * @param top1 the error of the first guess
   * @param scored of how many images
   * @param classes how many there are
   * @return what is suspicious and what to look at; empty where nothing is, or where there are too
   *     few images to tell
   */
  static Optional<String> of(ErrorWithin top1, long scored, int classes) {
    if (classes < 2
        || scored < FEWEST_IMAGES
        || scored < (long) RIGHT_BY_CHANCE * classes
        || !looksLikeGuessing(top1, classes)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The top-1 error of %.2f %% (95 %% interval %.2f to %.2f %%) is no better than guessing"
                + " among %,d classes, %.2f %%. Either the model learned nothing (look at its"
                + " training's errors), or labels and images do not belong together: an order of"
                + " classes other than by wnid, labels from 1 instead of 0, a stray class folder,"
                + " or the ground truth of another year",
            100 * top1.error(),
            100 * top1.interval().low(),
            100 * top1.interval().high(),
            classes,
            100 * (1 - 1.0 / classes)));
  }

  private static boolean looksLikeGuessing(ErrorWithin top1, int classes) {
    return top1.interval().high() >= 1 - 1.0 / classes
        || (classes >= MANY_CLASSES && top1.error() >= 1 - (double) KEPT_PLACES / classes);
  }
}
