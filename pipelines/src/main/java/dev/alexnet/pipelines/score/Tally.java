package dev.alexnet.pipelines.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What was counted over images: of one shard, or of all. Mutable. */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Up to how many guesses are counted. */
  static final int GUESSES = 5;

  private final List<Credits> credits = new ArrayList<>();
  private long images;
  private long scored;
  private long unlabelled;
  private long undecodable;
  private long tied;

  Tally() {
    for (int k = 1; k <= GUESSES; k++) {
      credits.add(new Credits());
    }
  }

  void add(Prediction prediction) {
    images++;
    switch (prediction.kind()) {
      case UNLABELLED -> unlabelled++;
      case UNDECODABLE -> undecodable++;
      case SCORED -> {
        scored++;
        Rank rank = prediction.rank();
        tied += rank.tied() > 1 ? 1 : 0;
        for (int k = 1; k <= GUESSES; k++) {
          credits.get(k - 1).add(rank, k);
        }
      }
    }
  }

  void add(Tally other) {
    images += other.images;
    scored += other.scored;
    unlabelled += other.unlabelled;
    undecodable += other.undecodable;
    tied += other.tied;
    for (int k = 1; k <= GUESSES; k++) {
      credits.get(k - 1).add(other.credits.get(k - 1));
    }
  }

  long images() {
    return images;
  }

  /** How many have a label and could be decoded. */
  long scored() {
    return scored;
  }

  long unlabelled() {
    return unlabelled;
  }

  long undecodable() {
    return undecodable;
  }

  /** How many of those scored have a class that is as probable as another. */
  long tied() {
    return tied;
  }

  /** The error within k guesses, 1 to {@link #GUESSES}. */
  ErrorWithin errorWithin(int k) {
    double error = credits.get(k - 1).error(scored);
    return new ErrorWithin(k, error, Interval.of(error, scored));
  }

  List<ErrorWithin> errors() {
    List<ErrorWithin> errors = new ArrayList<>();
    for (int k = 1; k <= GUESSES; k++) {
      errors.add(errorWithin(k));
    }
    return errors;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally
        && tally.images == images
        && tally.scored == scored
        && tally.unlabelled == unlabelled
        && tally.undecodable == undecodable
        && tally.tied == tied
        && tally.credits.equals(credits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(images, scored, unlabelled, undecodable, tied, credits);
  }
}
