package dev.alexnet.pipelines.score;

import java.util.Locale;
import java.util.Optional;

/**
 * Detects an error that is no better than guessing, which usually means that labels and images do
 * not match: another order of classes, labels that start at another number, or a stray folder.
 */
final class GuessingAlarm {
  /** Random guesses must give this many right answers on average before the alarm can judge. */
  private static final int RIGHT_BY_CHANCE = 5;

  private static final int FEWEST_IMAGES = 100;

  /**
   * If many classes are in a wrong order, one or two keep their places by chance, and all of their
   * images are right. That is better than guessing, but still a wrong order.
   */
  private static final int KEPT_PLACES = 3;

  private static final int MANY_CLASSES = 100;

  private GuessingAlarm() {}

  /**
   * @param top1 the top-1 error
   * @param scored the number of scored images
   * @param classes the number of classes
   * @return what is suspicious and what to check; empty if nothing is, or if there are too few
   *     images to judge
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
                + " among %,d classes, %.2f %%. Either the model learned nothing (check the errors"
                + " of its training), or labels and images do not match: an order of"
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
