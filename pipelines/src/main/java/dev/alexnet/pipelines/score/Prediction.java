package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The prediction for one image: a line of {@code predictions.jsonl}.
 *
 * @param image its id; for a record that cannot be read, its shard and its position there
 * @param label its class; −1 if it is not known
 * @param status {@code scored}, {@code unlabelled}, or {@code undecodable: …}
 * @param top5 the labels of the most probable classes, in descending order; of equally probable
 *     classes the lower label comes first
 * @param probabilities their probabilities, 0 to 1
 * @param top1Credit 1 if the class is the most probable one, less if it ties, otherwise 0
 * @param top5Credit the same for the five most probable classes
 * @param greater how many classes are more probable than the image's class; 0 if it is not scored
 * @param tied how many classes are equally probable, including itself; 0 if it is not scored
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
    @JsonProperty("tied") int tied) {
  private static final String SCORED = "scored";
  private static final String UNLABELLED = "unlabelled";

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
    List<Integer> best = best(all, Math.min(Tally.GUESSES, all.length));
    List<Float> probabilities = best.stream().map(guess -> all[guess]).toList();
    if (label < 0) {
      return new Prediction(image, label, UNLABELLED, best, probabilities, 0, 0, 0, 0);
    }
    Rank rank = Rank.of(all, (int) label);
    return new Prediction(
        image,
        label,
        SCORED,
        best,
        probabilities,
        rank.credit(1),
        rank.credit(Tally.GUESSES),
        rank.greater(),
        rank.tied());
  }

  static Prediction undecodable(String image, long label, String reason) {
    return new Prediction(image, label, "undecodable: " + reason, List.of(), List.of(), 0, 0, 0, 0);
  }

  @JsonIgnore
  Kind kind() {
    return switch (status) {
      case SCORED -> Kind.SCORED;
      case UNLABELLED -> Kind.UNLABELLED;
      default -> Kind.UNDECODABLE;
    };
  }

  /** Whether the image counts in the errors. */
  @JsonIgnore
  public boolean isScored() {
    return kind() == Kind.SCORED;
  }

  /** The rank of an image that was scored. */
  @JsonIgnore
  Rank rank() {
    return new Rank(greater, tied);
  }

  private static List<Integer> best(float[] all, int count) {
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
