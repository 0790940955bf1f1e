package dev.alexnet.pipelines.score.statistics;

import dev.alexnet.model.prediction.Ensemble;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the best weight for each model of an ensemble, as the original program did: one weight
 * after the other is set to the value among 0, 0.05, …, 1 with the lowest top-5 error, until a
 * round over all models changes none.
 *
 * <p>All weights start at 0.5, the plain mean, so the result is never worse than that. If top-5
 * errors are equal, the top-1 error decides, then the current value, then the smaller one. So every
 * change is an improvement, the search terminates, and the same images give the same weights in any
 * order.
 */
public final class WeightSearch {
  /** The number of steps from 0 to 1. */
  static final int STEPS = 20;

  private static final int GUESSES = 5;

  private final List<RankCandidates> images;
  private final int models;

  public WeightSearch(List<RankCandidates> images, int models) {
    this.images = images;
    this.models = models;
  }

  private record Errors(double top5, double top1) {
    boolean isBelow(Errors other) {
      return top5 < other.top5 || (top5 == other.top5 && top1 < other.top1);
    }
  }

  public FoundWeights find() {
    List<Double> weights = new ArrayList<>(Collections.nCopies(models, weight(STEPS / 2)));
    Errors least = errors(weights);
    Errors before;
    do {
      before = least;
      for (int model = 0; model < models; model++) {
        least = improve(weights, model, least);
      }
    } while (least.isBelow(before));
    return new FoundWeights(weights, least.top1(), least.top5());
  }

  private Errors improve(List<Double> weights, int model, Errors before) {
    Errors least = before;
    double best = weights.get(model);
    for (int step = 0; step <= STEPS; step++) {
      weights.set(model, weight(step));
      if (weights.stream().anyMatch(weight -> weight > 0)) {
        Errors errors = errors(weights);
        if (errors.isBelow(least)) {
          least = errors;
          best = weight(step);
        }
      }
    }
    weights.set(model, best);
    return least;
  }

  private static double weight(int step) {
    return (double) step / STEPS;
  }

  private Errors errors(List<Double> weights) {
    double[] shares = Ensemble.shares(weights);
    ExactCreditSum top1 = new ExactCreditSum();
    ExactCreditSum top5 = new ExactCreditSum();
    for (RankCandidates image : images) {
      Rank rank = image.rank(shares);
      top1.add(rank, 1);
      top5.add(rank, GUESSES);
    }
    return new Errors(top5.error(images.size()), top1.error(images.size()));
  }
}
