package dev.alexnet.ops.report;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.score.Prediction;
import dev.alexnet.pipelines.score.Predictions;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What the page shows of the predictions, gathered in one pass over them. */
final class PredictionSummary {
  /** How many pictures are shown together. */
  static final int PICTURES = 8;

  /** The lowest confidence comes first, to be removed first; of equal ones the later row. */
  private static final Comparator<PredictionRow> LEAST_SURE =
      Comparator.comparingDouble(PredictionRow::confidence)
          .thenComparing(Comparator.comparingLong(PredictionRow::row).reversed());

  private final Scores scores;
  private final Location directory;
  private final long[] images;
  private final double[] top1Credits;
  private final double[] top5Credits;
  private final ConfusionCounts confusions = new ConfusionCounts();
  private final Reliability reliability = new Reliability();
  private final List<PredictionRow> samples = new ArrayList<>();
  private final PriorityQueue<PredictionRow> mistakes = new PriorityQueue<>(LEAST_SURE);

  private PredictionSummary(Scores scores, Location directory) {
    this.scores = scores;
    this.directory = directory;
    this.images = new long[scores.counts().classes()];
    this.top1Credits = new double[scores.counts().classes()];
    this.top5Credits = new double[scores.counts().classes()];
  }

  /**
   * @param directory of the scores
   * @throws Failure of kind INPUT_MISSING if the predictions do not exist, BAD_DATA if they are not
   *     those that the scores count
   */
  static PredictionSummary read(ObjectStore store, Location directory, Scores scores) {
    PredictionSummary summary = new PredictionSummary(scores, directory);
    long rows =
        Predictions.read(
            store,
            directory,
            scores,
            (row, prediction, where) -> summary.add(new PredictionRow(row, prediction), where));
    summary.requireRows(rows);
    return summary;
  }

  private void requireRows(long rows) {
    long scored = 0;
    for (long ofClass : images) {
      scored += ofClass;
    }
    if (rows != scores.counts().images() || scored != scores.counts().scored()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          String.format(
              "The predictions in %s have %d lines, %d of them scored; %s counts %d and %d. They are damaged or from different runs; run the same 'alexnet score' command again to rewrite them",
              directory,
              rows,
              scored,
              Scores.FILE,
              scores.counts().images(),
              scores.counts().scored()));
    }
  }

  private void add(PredictionRow row, String where) {
    requireKnownClasses(row.prediction(), where);
    // Spread evenly over the set, not selected by their result. A row without guesses is replaced
    // by the next one.
    if (row.hasGuesses()
        && samples.size() < PICTURES
        && row.row() >= samples.size() * scores.counts().images() / PICTURES) {
      samples.add(row);
    }
    if (!row.isScored()) {
      return;
    }
    Prediction prediction = row.prediction();
    int label = (int) prediction.label();
    images[label]++;
    top1Credits[label] += prediction.top1Credit();
    top5Credits[label] += prediction.top5Credit();
    reliability.add(row.confidence(), prediction.top1Credit());
    confusions.add(label, row.isWrong() ? row.guess() : label);
    if (row.isWrong()) {
      mistakes.add(row);
      if (mistakes.size() > PICTURES) {
        mistakes.remove();
      }
    }
  }

  private void requireKnownClasses(Prediction prediction, String where) {
    int classes = scores.counts().classes();
    boolean known =
        prediction.label() < classes
            && prediction.top5().stream().allMatch(guess -> guess >= 0 && guess < classes);
    if (!known
        || prediction.top5().size() != prediction.probabilities().size()
        || (prediction.isScored() && (prediction.label() < 0 || prediction.top5().isEmpty()))) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " is not a valid prediction for " + classes + " classes; score again");
    }
  }

  /** The classes of scored images, the greatest errors first. */
  List<ClassErrors> classes() {
    List<ClassErrors> errors = new ArrayList<>();
    for (int label = 0; label < images.length; label++) {
      if (images[label] > 0) {
        errors.add(errors(label));
      }
    }
    errors.sort(
        Comparator.comparingDouble(ClassErrors::top1Error)
            .thenComparingDouble(ClassErrors::top5Error)
            .reversed()
            .thenComparingInt(ClassErrors::label));
    return errors;
  }

  private ClassErrors errors(int label) {
    int takenFor = -1;
    long most = 0;
    for (int guess = 0; guess < images.length; guess++) {
      if (guess != label && confusions.of(label, guess) > most) {
        takenFor = guess;
        most = confusions.of(label, guess);
      }
    }
    return new ClassErrors(
        label,
        images[label],
        1 - top1Credits[label] / images[label],
        1 - top5Credits[label] / images[label],
        takenFor,
        most);
  }

  ConfusionCounts confusions() {
    return confusions;
  }

  Reliability reliability() {
    return reliability;
  }

  /** Images spread evenly over the set. */
  List<PredictionRow> samples() {
    return List.copyOf(samples);
  }

  /** The wrong images with the highest confidence, the highest first. */
  List<PredictionRow> mistakes() {
    return mistakes.stream().sorted(LEAST_SURE.reversed()).toList();
  }
}
