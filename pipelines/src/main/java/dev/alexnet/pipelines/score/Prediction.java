package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.pipelines.score.statistics.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The prediction for one image: a line of {@code predictions.jsonl}.
 *
 * @param image its id; for a record that cannot be read, its shard and its position there
 * @param label its class; −1 if it is not known; of several right classes the most probable one
 * @param status {@code scored}, {@code unlabelled}, or {@code undecodable: …}
 * @param top5 the labels of the most probable classes, in descending order; of equally probable
 *     classes the lower label comes first
 * @param probabilities their probabilities, 0 to 1
 * @param top1Credit 1 if the class is the most probable one, less if it ties, otherwise 0
 * @param top5Credit the same for the five most probable classes
 * @param greater how many classes are more probable than the image's class; 0 if it is not scored
 * @param tied how many classes are equally probable, including itself; 0 if it is not scored
 * @param right the classes that a file of other labels calls right; null without such a file, or if
 *     it says nothing about the image
 * @param subset the prediction among the dataset's classes; null if they are all of the model's, or
 *     the image is not scored
 */
public record Prediction(
    @JsonProperty("image") String image,
    @JsonProperty("label") long label,
    @JsonProperty("status") String status,
    @JsonProperty("top5") List<Integer> top5,
    @JsonProperty("probabilities") List<Float> probabilities,
    @JsonProperty("top1_credit") double top1Credit,
    @JsonProperty("top5_credit") double top5Credit,
    @JsonProperty("greater") int greater,
    @JsonProperty("tied") int tied,
    @JsonProperty("right") @JsonInclude(JsonInclude.Include.NON_NULL) RightLabels right,
    @JsonProperty("subset") @JsonInclude(JsonInclude.Include.NON_NULL) AmongSubset subset) {
  private static final String SCORED = "scored";
  private static final String UNLABELLED = "unlabelled";
  private static final String UNDECODABLE = "undecodable: ";

  /**
   * The classes that are right for an image.
   *
   * @param labels none if no class is right; the image is not scored then
   * @param tied how many of them are as probable as the most probable of them, itself included; 0
   *     if there is none
   */
  public record RightLabels(
      @JsonProperty("labels") List<Integer> labels, @JsonProperty("tied") int tied) {
    public RightLabels {
      labels = List.copyOf(labels);
    }
  }

  /**
   * The prediction if the model could only guess the classes of the dataset, which are some of its
   * own.
   *
   * @param top5 the most probable of them, as labels of the model
   * @param greater how many of them are more probable than the image's class
   * @param tied how many are equally probable, including itself
   */
  public record AmongSubset(
      @JsonProperty("top5") List<Integer> top5,
      @JsonProperty("greater") int greater,
      @JsonProperty("tied") int tied) {
    public AmongSubset {
      top5 = List.copyOf(top5);
    }

    @JsonIgnore
    Rank rank() {
      return new Rank(greater, tied);
    }
  }

  /** The outcome for an image. */
  enum Kind {
    SCORED,
    UNLABELLED,
    UNDECODABLE
  }

  public Prediction {
    new Problems("prediction of " + image)
        .require(
            top5 != null && top5.stream().allMatch(Objects::nonNull),
            "top5 is %s; it must be a list of labels",
            top5)
        .require(
            probabilities != null && probabilities.stream().allMatch(Prediction::isProbability),
            "probabilities are %s; they must be numbers from 0 to 1",
            probabilities)
        .require(
            !SCORED.equals(status) || (greater >= 0 && tied >= 1),
            "greater is %s and tied %s; of an image that is scored they must be at least 0 and 1",
            greater,
            tied)
        .throwIfAny();
    top5 = List.copyOf(top5);
    probabilities = List.copyOf(probabilities);
  }

  private static boolean isProbability(Float value) {
    return value != null && value >= 0 && value <= 1;
  }

  /**
   * @param label negative if it is not known
   * @param all the probability of every class
   * @throws Failure of kind NOT_FINITE if one of them is not finite
   */
  static Prediction of(String image, long label, float[] all) {
    Rank.requireFinite(all);
    return label < 0
        ? unlabelled(image, all, null)
        : scored(image, label, all, Rank.of(all, (int) label), null, null);
  }

  /**
   * The same, and among some of the classes.
   *
   * @param subset the labels of the dataset's classes, the image's among them
   */
  static Prediction among(String image, long label, float[] all, List<Integer> subset) {
    if (label < 0) {
      return of(image, label, all);
    }
    Rank.requireFinite(all);
    float[] some = new float[subset.size()];
    for (int place = 0; place < some.length; place++) {
      some[place] = all[subset.get(place)];
    }
    Rank rank = Rank.of(some, subset.indexOf((int) label));
    List<Integer> best = best(some).stream().map(subset::get).toList();
    return scored(
        image,
        label,
        all,
        Rank.of(all, (int) label),
        null,
        new AmongSubset(best, rank.greater(), rank.tied()));
  }

  /**
   * The prediction for an image of which a file of labels says what is right.
   *
   * @param right empty if the file says nothing about it
   */
  static Prediction of(String image, Optional<List<Integer>> right, float[] all) {
    Rank.requireFinite(all);
    List<Integer> labels = right.orElse(List.of());
    if (labels.isEmpty()) {
      return unlabelled(image, all, right.map(none -> new RightLabels(none, 0)).orElse(null));
    }
    Rank rank = Rank.of(all, labels);
    int best = labels.get(0);
    for (int label : labels) {
      best = all[label] > all[best] || (all[label] == all[best] && label < best) ? label : best;
    }
    return scored(image, best, all, rank, new RightLabels(labels, rank.right()), null);
  }

  private static Prediction scored(
      String image, long label, float[] all, Rank rank, RightLabels right, AmongSubset subset) {
    List<Integer> best = best(all);
    return new Prediction(
        image,
        label,
        SCORED,
        best,
        best.stream().map(guess -> all[guess]).toList(),
        rank.credit(1),
        rank.credit(Tally.GUESSES),
        rank.greater(),
        rank.tied(),
        right,
        subset);
  }

  private static Prediction unlabelled(String image, float[] all, RightLabels right) {
    List<Integer> best = best(all);
    List<Float> probabilities = best.stream().map(guess -> all[guess]).toList();
    return new Prediction(
        image, ImageRecord.NO_LABEL, UNLABELLED, best, probabilities, 0, 0, 0, 0, right, null);
  }

  static Prediction undecodable(String image, long label, String reason) {
    return new Prediction(
        image, label, UNDECODABLE + reason, List.of(), List.of(), 0, 0, 0, 0, null, null);
  }

  @JsonIgnore
  Kind kind() {
    return switch (status) {
      case SCORED -> Kind.SCORED;
      case UNLABELLED -> Kind.UNLABELLED;
      default -> Kind.UNDECODABLE;
    };
  }

  /** Why the image could not be read or decoded; empty if it could. */
  @JsonIgnore
  Optional<String> undecodable() {
    return kind() == Kind.UNDECODABLE
        ? Optional.of(status.substring(UNDECODABLE.length()))
        : Optional.empty();
  }

  /** Whether the image counts in the errors. */
  @JsonIgnore
  public boolean isScored() {
    return kind() == Kind.SCORED;
  }

  /** The rank of an image that was scored. */
  @JsonIgnore
  Rank rank() {
    return new Rank(greater, tied, right == null ? 1 : right.tied());
  }

  /** Whether the image was left out because none of the classes is right. */
  @JsonIgnore
  boolean isOfNoClass() {
    return right != null && right.labels().isEmpty();
  }

  private static List<Integer> best(float[] all) {
    int count = Math.min(Tally.GUESSES, all.length);
    List<Integer> best = new ArrayList<>(count + 1);
    for (int label = 0; label < all.length; label++) {
      int place = best.size();
      while (place > 0 && all[label] > all[best.get(place - 1)]) {
        place--;
      }
      if (place < count) {
        best.add(place, label);
        if (best.size() > count) {
          best.remove(count);
        }
      }
    }
    return best;
  }
}
