package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Labels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One or more models whose probabilities are averaged: over the views within each model, then over
 * the models by their weights. Safe for use by many threads.
 */
public final class Ensemble implements AutoCloseable {
  private final List<Member> members;
  private final List<Predictor> predictors;

  private Ensemble(List<Member> members, List<Predictor> predictors) {
    this.members = List.copyOf(members);
    this.predictors = List.copyOf(predictors);
  }

  /**
   * A model and what it counts.
   *
   * @param weight 0 to 1; those of an ensemble's members sum to 1
   */
  public record Member(Location model, double weight) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Pairs models with weights.
   *
   * @param weights one for each model, in any unit; empty where all count the same
   * @throws Failure of kind USAGE where these do not fit together
   */
  public static List<Member> members(List<Location> models, List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    new Problems("ensemble")
        .require(!models.isEmpty(), "there is no model")
        .require(
            weights.isEmpty() || weights.size() == models.size(),
            "there are %s weights for %s models; give one for each --model, in the same order",
            weights.size(),
            models.size())
        .require(
            weights.stream().allMatch(weight -> Double.isFinite(weight) && weight >= 0),
            "weights are %s; each must be 0 or more",
            weights)
        .require(weights.isEmpty() || sum > 0, "weights are all 0")
        .throwIfAny();
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      double weight = weights.isEmpty() ? 1.0 / models.size() : weights.get(i) / sum;
      members.add(new Member(models.get(i), weight));
    }
    return members;
  }

  /**
   * Reads what the members are, without loading them.
   *
   * @return in the order of the members
   * @throws Failure of kind INPUT_MISSING where one is not there, MISMATCH where their classes or
   *     the images that they were trained from differ
   */
  public static List<ModelDescription> describe(ObjectStore store, List<Member> members) {
    List<ModelDescription> descriptions = new ArrayList<>();
    for (Member member : members) {
      ModelDescription description = Predictor.describe(store, member.model());
      descriptions.add(description);
      requireAlike(members.get(0).model(), descriptions.get(0), member.model(), description);
    }
    return descriptions;
  }

  private static void requireAlike(
      Location firstPlace, ModelDescription first, Location place, ModelDescription description) {
    Labels classes = description.labels();
    String difference = first.labels().differenceFrom(classes);
    if (!difference.isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The classes of the models "
              + firstPlace
              + " and "
              + place
              + " differ: "
              + difference
              + ". An ensemble's models must know the same classes");
    }
    if (first.imageSize() != description.imageSize()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The model %s was trained from images of %d pixels and %s from images of %d; an ensemble's models must see the same images"
              .formatted(firstPlace, first.imageSize(), place, description.imageSize()));
    }
  }

  /**
   * Loads every member.
   *
   * @throws Failure as {@link #describe} and {@link Predictor#load} do
   */
  public static Ensemble load(ObjectStore store, List<Member> members) {
    describe(store, members);
    List<Predictor> predictors = new ArrayList<>();
    try {
      for (Member member : members) {
        predictors.add(Predictor.load(store, member.model()));
      }
      return new Ensemble(members, predictors);
    } catch (RuntimeException e) {
      predictors.forEach(Predictor::close);
      throw e;
    }
  }

  /** What the first member is; in classes and image size the others are the same. */
  public ModelDescription description() {
    return predictors.get(0).description();
  }

  /**
   * Predicts a batch of JPEG files.
   *
   * @param views of each: 1, the centre, or 10
   * @return {@code [files, classes]}, the probability of each class
   * @throws org.tensorflow.exceptions.TFInvalidArgumentException where one of the files does not
   *     decode
   * @throws Failure of kind NOT_FINITE where a model's output is no number
   */
  public float[][] predict(List<byte[]> files, int views) {
    if (predictors.size() == 1) {
      return ofMember(0, files, views);
    }
    double[][] sums = new double[files.size()][description().classes().size()];
    for (int i = 0; i < predictors.size(); i++) {
      double weight = members.get(i).weight();
      float[][] probabilities = ofMember(i, files, views);
      for (int file = 0; file < sums.length; file++) {
        for (int label = 0; label < sums[file].length; label++) {
          sums[file][label] += weight * probabilities[file][label];
        }
      }
    }
    float[][] means = new float[sums.length][];
    for (int file = 0; file < sums.length; file++) {
      means[file] = new float[sums[file].length];
      for (int label = 0; label < sums[file].length; label++) {
        means[file][label] = (float) sums[file][label];
      }
    }
    return means;
  }

  /**
   * What the last layer of the only member reads.
   *
   * @param views of each file: 1, the centre, or 10, whose mean it is
   * @return {@code [files, values]}
   * @throws org.tensorflow.exceptions.TFInvalidArgumentException where one of the files does not
   *     decode
   * @throws Failure of kind MISMATCH where the model gives none, NOT_FINITE where it gives what is
   *     no number
   */
  public float[][] features(List<byte[]> files, int views) {
    return finite(only().features(files, views), "features", 0);
  }

  /**
   * How many features an image has.
   *
   * @throws Failure of kind MISMATCH where the model gives none
   */
  public int featureCount() {
    return only().featureCount();
  }

  private Predictor only() {
    if (predictors.size() != 1) {
      throw new IllegalStateException("Features are of one model, not of " + predictors.size());
    }
    return predictors.get(0);
  }

  private float[][] ofMember(int index, List<byte[]> files, int views) {
    Predictor predictor = predictors.get(index);
    return finite(
        views == 1 ? predictor.predict(files) : predictor.predictTenViews(files),
        "probabilities",
        index);
  }

  private float[][] finite(float[][] rows, String what, int index) {
    for (float[] row : rows) {
      for (float value : row) {
        // Comparisons with what is no number are all false: it would be neither right nor wrong.
        if (!Float.isFinite(value)) {
          throw new Failure(
              Failure.Kind.NOT_FINITE,
              "The model "
                  + members.get(index).model()
                  + " gives "
                  + what
                  + " that are no numbers; its training did not end well."
                  + " Score an earlier checkpoint's model, or train again");
        }
      }
    }
    return rows;
  }

  @Override
  public void close() {
    predictors.forEach(Predictor::close);
  }
}
