package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.dataset.Labels;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One or more models whose probabilities are averaged: over the views within each model, then over
 * the models by their weights. Safe for use by many threads.
 */
public final class Ensemble implements AutoCloseable {
  private final List<Member> members;
  private final Replicas replicas;

  private Ensemble(List<Member> members, Replicas replicas) {
    this.members = List.copyOf(members);
    this.replicas = replicas;
  }

  /**
   * A model and its weight.
   *
   * @param weight 0 to 1; those of an ensemble's members sum to 1
   */
  public record Member(Location model, double weight) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Pairs models with weights.
   *
   * @param weights one for each model, on any scale; empty if all are equal
   * @throws Failure of kind USAGE if models and weights do not match
   */
  public static List<Member> members(List<Location> models, List<Double> weights) {
    new Problems("ensemble")
        .require(!models.isEmpty(), "there are no models")
        .require(
            weights.isEmpty() || weights.size() == models.size(),
            "%s for %s; give one for each --model, in the same order",
            weights.size() == 1 ? "there is 1 weight" : "there are " + weights.size() + " weights",
            Quantity.of(models.size(), "model"))
        .require(
            weights.stream().allMatch(weight -> Double.isFinite(weight) && weight >= 0),
            "weights are %s; each must be 0 or more",
            weights)
        .require(
            weights.isEmpty() || weights.stream().anyMatch(weight -> weight > 0),
            "weights are all 0; at least one must be more than 0")
        .throwIfAny();
    double[] shares = shares(weights.isEmpty() ? Collections.nCopies(models.size(), 1.0) : weights);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      members.add(new Member(models.get(i), shares[i]));
    }
    return members;
  }

  /**
   * Weights as shares of 1.
   *
   * @param weights 0 or more, not all 0
   */
  public static double[] shares(List<Double> weights) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    return weights.stream().mapToDouble(weight -> weight / sum).toArray();
  }

  /**
   * Reads the descriptions of the members, without loading them.
   *
   * @return in the order of the members
   * @throws Failure of kind INPUT_MISSING if one does not exist, MISMATCH if their classes or the
   *     sizes of their training images differ
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
              + ". An ensemble's models must have the same classes in the same order");
    }
    if (first.imageSize() != description.imageSize()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          ("The model %s was trained from images of %d pixels and %s from images of %d; "
                  + "an ensemble's models must see the same images")
              .formatted(firstPlace, first.imageSize(), place, description.imageSize()));
    }
  }

  /** Loads every member on the devices of {@link InferenceDevices#AUTOMATIC}. */
  public static Ensemble load(ObjectStore store, List<Member> members, int views) {
    return load(store, members, InferenceDevices.AUTOMATIC, views);
  }

  /**
   * Loads every member on every device.
   *
   * @param views the most views that are computed at a time
   * @throws Failure as {@link #describe} and {@link Predictor#load} do; of kind DEVICE if a device
   *     is missing, or computes an operation wrongly in every form
   */
  public static Ensemble load(
      ObjectStore store, List<Member> members, InferenceDevices devices, int views) {
    describe(store, members);
    return new Ensemble(
        members,
        Replicas.load(store, members.stream().map(Member::model).toList(), devices, views));
  }

  /** The check of the devices' arithmetic before the models were loaded. */
  public ArithmeticSummary arithmetic() {
    return replicas.arithmetic();
  }

  /** The description of the first member; the others have the same classes and image size. */
  public ModelDescription description() {
    return replicas.any().get(0).description();
  }

  /**
   * Predicts a batch of JPEG files.
   *
   * @param views of each: 1, the centre, or 10
   * @return {@code [files, classes]}, the probability of each class
   * @throws org.tensorflow.exceptions.TFInvalidArgumentException if one of the files cannot be
   *     decoded
   * @throws Failure of kind NOT_FINITE if a model's output is not finite
   */
  public float[][] predict(List<byte[]> files, int views) {
    return mean(members, predictEach(files, views));
  }

  /**
   * Predicts a batch of JPEG files by each member.
   *
   * @return {@code [files, classes]} of each, in their order
   */
  public List<float[][]> predictEach(List<byte[]> files, int views) {
    return replicas.run(
        predictors -> {
          List<float[][]> each = new ArrayList<>();
          for (int i = 0; i < predictors.size(); i++) {
            each.add(ofMember(predictors.get(i), i, files, views));
          }
          return each;
        });
  }

  /**
   * The weighted mean of the members' predictions.
   *
   * @param each of {@link #predictEach}
   */
  public static float[][] mean(List<Member> members, List<float[][]> each) {
    if (each.size() == 1) {
      return each.get(0);
    }
    float[][] means = new float[each.get(0).length][];
    for (int file = 0; file < means.length; file++) {
      means[file] = new float[each.get(0)[file].length];
      for (int label = 0; label < means[file].length; label++) {
        double sum = 0;
        for (int i = 0; i < each.size(); i++) {
          sum += members.get(i).weight() * each.get(i)[file][label];
        }
        means[file][label] = (float) sum;
      }
    }
    return means;
  }

  /**
   * The input of the only member's last layer.
   *
   * @param views of each file: 1, the centre, or 10, whose mean is taken
   * @return {@code [files, values]}
   * @throws org.tensorflow.exceptions.TFInvalidArgumentException if one of the files cannot be
   *     decoded
   * @throws Failure of kind MISMATCH if the model has none, NOT_FINITE if a value is not finite
   */
  public float[][] features(List<byte[]> files, int views) {
    requireOne();
    return replicas.run(
        predictors -> finite(predictors.get(0).features(files, views), "features", 0));
  }

  /**
   * How many features an image has.
   *
   * @throws Failure of kind MISMATCH if the model has none
   */
  public int featureCount() {
    requireOne();
    return replicas.any().get(0).featureCount();
  }

  private void requireOne() {
    if (members.size() != 1) {
      throw new IllegalStateException("Features are of one model, not of " + members.size());
    }
  }

  private float[][] ofMember(Predictor predictor, int index, List<byte[]> files, int views) {
    return finite(
        views == 1 ? predictor.predict(files) : predictor.predictTenViews(files),
        "probabilities",
        index);
  }

  private float[][] finite(float[][] rows, String what, int index) {
    for (float[] row : rows) {
      for (float value : row) {
        // Comparisons with NaN are always false, so a prediction would be neither right nor wrong.
        if (!Float.isFinite(value)) {
          throw new Failure(
              Failure.Kind.NOT_FINITE,
              "The model "
                  + members.get(index).model()
                  + " gives "
                  + what
                  + " that are not finite numbers; its training failed. Score the model of an "
                  + "earlier checkpoint, or train again");
        }
      }
    }
    return rows;
  }

  @Override
  public void close() {
    replicas.close();
  }
}
