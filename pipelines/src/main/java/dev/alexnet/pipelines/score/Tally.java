package dev.alexnet.pipelines.score;

import dev.alexnet.pipelines.score.statistics.ExactCreditSum;
import dev.alexnet.pipelines.score.statistics.Interval;
import dev.alexnet.pipelines.score.statistics.Rank;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** The totals over the images of one shard, or of all. Mutable. */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The number of guesses in a row and in a submission. */
  static final int GUESSES = 5;

  private final TreeMap<Integer, ExactCreditSum> credits = new TreeMap<>();
  private final TreeMap<Integer, ExactCreditSum> creditsAmongSubset = new TreeMap<>();
  private long images;
  private long scored;
  private long unlabelled;
  private long undecodable;
  private long ofNoClass;
  private long tied;
  private final TreeSet<String> replacedOperations = new TreeSet<>();

  /**
   * @param guesses the numbers of guesses within which errors are counted
   */
  Tally(Collection<Integer> guesses) {
    for (int k : guesses) {
      credits.put(k, new ExactCreditSum());
      creditsAmongSubset.put(k, new ExactCreditSum());
    }
  }

  void add(Prediction prediction) {
    images++;
    switch (prediction.kind()) {
      case UNLABELLED -> {
        unlabelled++;
        ofNoClass += prediction.isOfNoClass() ? 1 : 0;
      }
      case UNDECODABLE -> undecodable++;
      case SCORED -> {
        scored++;
        Rank rank = prediction.rank();
        tied += rank.tied() > 1 ? 1 : 0;
        credits.forEach((k, sum) -> sum.add(rank, k));
        if (prediction.subset() != null) {
          Rank amongSubset = prediction.subset().rank();
          creditsAmongSubset.forEach((k, sum) -> sum.add(amongSubset, k));
        }
      }
    }
  }

  /** Adds reasons why some of the models' operations were replaced by other forms. */
  void addReplaced(Collection<String> reasons) {
    replacedOperations.addAll(reasons);
  }

  void add(Tally other) {
    replacedOperations.addAll(other.replacedOperations);
    images += other.images;
    scored += other.scored;
    unlabelled += other.unlabelled;
    undecodable += other.undecodable;
    ofNoClass += other.ofNoClass;
    tied += other.tied;
    credits.forEach((k, sum) -> sum.add(other.credits.get(k)));
    creditsAmongSubset.forEach((k, sum) -> sum.add(other.creditsAmongSubset.get(k)));
  }

  long images() {
    return images;
  }

  /** How many images have a label and could be decoded. */
  long scored() {
    return scored;
  }

  long unlabelled() {
    return unlabelled;
  }

  long undecodable() {
    return undecodable;
  }

  /** How many of those without a label have none because a file of labels calls no class right. */
  long ofNoClass() {
    return ofNoClass;
  }

  /** How many scored images have a class that ties with another class. */
  long tied() {
    return tied;
  }

  /** Why some operations were replaced by other forms, in order. */
  List<String> replacedOperations() {
    return List.copyOf(replacedOperations);
  }

  /** The error within k guesses, one of the counted numbers. */
  ErrorWithin errorWithin(int k) {
    return errorWithin(k, credits);
  }

  private ErrorWithin errorWithin(int k, Map<Integer, ExactCreditSum> credits) {
    if (scored == 0) {
      return new ErrorWithin(k, null, null);
    }
    double error = credits.get(k).error(scored);
    return new ErrorWithin(k, error, Interval.of(error, scored));
  }

  List<ErrorWithin> errors() {
    return credits.keySet().stream().map(this::errorWithin).toList();
  }

  /** The errors among the dataset's classes, if every scored image has one. */
  List<ErrorWithin> errorsAmongSubset() {
    return creditsAmongSubset.keySet().stream()
        .map(k -> errorWithin(k, creditsAmongSubset))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally
        && tally.images == images
        && tally.scored == scored
        && tally.unlabelled == unlabelled
        && tally.undecodable == undecodable
        && tally.ofNoClass == ofNoClass
        && tally.tied == tied
        && tally.credits.equals(credits)
        && tally.creditsAmongSubset.equals(creditsAmongSubset)
        && tally.replacedOperations.equals(replacedOperations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        images,
        scored,
        unlabelled,
        undecodable,
        ofNoClass,
        tied,
        credits,
        creditsAmongSubset,
        replacedOperations);
  }
}
