package dev.alexnet.pipelines.evaluate;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.devkit.CostMatrix;
import dev.alexnet.pipelines.devkit.DevkitClasses;
import dev.alexnet.pipelines.score.ErrorWithin;
import dev.alexnet.pipelines.score.statistics.Interval;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Evaluates an ILSVRC submission, like the official evaluators. */
public final class Evaluator {
  private static final int GUESSES = 5;

  private final ObjectStore store;

  @Inject
  public Evaluator(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Evaluates a submission against the ground truth.
   *
   * @throws Failure of kind INPUT_MISSING if a file does not exist, BAD_DATA if one is empty or has
   *     a malformed line, MISMATCH if they differ in length
   */
  public Evaluation run(EvaluateSettings settings) {
    Optional<DevkitClasses> devkit =
        Optional.ofNullable(settings.devkit()).map(place -> DevkitClasses.read(store, place));
    ClassIds known = ClassIds.of(devkit);
    List<int[]> truths = new IdLines(settings.truth(), known).read(store, 1, 1, "the ground truth");
    List<int[]> submission =
        new IdLines(settings.submission(), known).read(store, 0, GUESSES, "the submission");
    if (truths.size() != submission.size()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s has %,d lines and %s has %,d; both must have one line per picture. %s"
              .formatted(
                  settings.submission(),
                  submission.size(),
                  settings.truth(),
                  truths.size(),
                  advice(submission, truths.size())));
    }
    return evaluation(submission, truths, devkit.flatMap(classes -> costs(classes, settings)));
  }

  /** Editors and scripts often leave an empty line at the end. */
  private static String advice(List<int[]> submission, int pictures) {
    boolean onlyEmpty =
        submission.size() > pictures
            && submission.subList(pictures, submission.size()).stream()
                .allMatch(ids -> ids.length == 0);
    return onlyEmpty
        ? "The lines of the first after line %,d are empty, and an empty line counts as a picture without a guess; delete them"
            .formatted(pictures)
        : "Check that both are of the same split and year";
  }

  private static Optional<CostMatrix> costs(DevkitClasses devkit, EvaluateSettings settings) {
    devkit
        .costs()
        .filter(costs -> costs.size() < devkit.byId().lastKey())
        .ifPresent(
            costs -> {
              throw new Failure(
                  Failure.Kind.BAD_DATA,
                  "%s: its cost_matrix has %d rows, but its classes have ids up to %d"
                      .formatted(settings.devkit(), costs.size(), devkit.byId().lastKey()));
            });
    return devkit.costs();
  }

  private static Evaluation evaluation(
      List<int[]> submission, List<int[]> truths, Optional<CostMatrix> costs) {
    long[] wrong = new long[GUESSES];
    long[] cost = new long[GUESSES];
    long withoutGuess = 0;
    int most = costs.map(CostMatrix::largest).orElse(0);
    for (int image = 0; image < truths.size(); image++) {
      int truth = truths.get(image)[0];
      int[] guesses = submission.get(image);
      withoutGuess += Arrays.stream(guesses).allMatch(id -> id == IdLines.NO_GUESS) ? 1 : 0;
      boolean right = false;
      int least = most;
      for (int k = 0; k < GUESSES; k++) {
        if (k < guesses.length && guesses[k] != IdLines.NO_GUESS) {
          right |= guesses[k] == truth;
          if (costs.isPresent()) {
            least = Math.min(least, costs.get().cost(guesses[k], truth));
          }
        }
        wrong[k] += right ? 0 : 1;
        cost[k] += least;
      }
    }
    List<ErrorWithin> flat = new ArrayList<>();
    List<Evaluation.CostWithin> hierarchical = new ArrayList<>();
    for (int k = 0; k < GUESSES; k++) {
      double error = (double) wrong[k] / truths.size();
      flat.add(new ErrorWithin(k + 1, error, Interval.of(error, truths.size())));
      hierarchical.add(new Evaluation.CostWithin(k + 1, (double) cost[k] / truths.size()));
    }
    return new Evaluation(
        truths.size(), withoutGuess, flat, costs.isPresent() ? hierarchical : null);
  }
}
