package dev.alexnet.pipelines.score;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model says of one image: a line of {@code predictions.jsonl}.
 *
 * @param image its id
 * @param label its class; −1 where it is not known
 * @param status {@code scored}, {@code unlabelled}, or {@code undecodable: …}
 * @param top5 the labels of the most probable classes, the first one first; of equally probable
 *     classes the lower label comes first
 * @param probabilities theirs
 * @param top1Credit 1 where the class is the most probable one, less where it ties, else 0
 * @param top5Credit the same for the first five
 */
public record Prediction(
    @JsonProperty("image") String image,
    @JsonProperty("label") long label,
    @JsonProperty("status") String status,
    @JsonProperty("top5") List<Integer> top5,
    @JsonProperty("probabilities") List<Float> probabilities,
    @JsonProperty("top1_credit") double top1Credit,
    @JsonProperty("top5_credit") double top5Credit) {
  private static final int GUESSES = 5;

  public Prediction {
    top5 = List.copyOf(top5);
    probabilities = List.copyOf(probabilities);
  }

  /**
   * @param all the probability of every class
   */
  static Prediction of(String image, long label, float[] all) {
    List<Integer> best = best(all, Math.min(GUESSES, all.length));
    List<Float> probabilities = best.stream().map(guess -> all[guess]).toList();
    boolean labelled = label >= 0;
    return new Prediction(
        image,
        label,
        labelled ? "scored" : "unlabelled",
        best,
        probabilities,
        labelled ? credit(all, (int) label, 1) : 0,
        labelled ? credit(all, (int) label, GUESSES) : 0);
  }

  static Prediction undecodable(String image, long label, String reason) {
    return new Prediction(image, label, "undecodable: " + reason, List.of(), List.of(), 0, 0);
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

  /**
   * A class that ties with others across the boundary of the first k gets the share of them that
   * fits: slots left over number tied, as the original program counts. So a network that says the
   * same of everything is not right about everything.
   */
  static double credit(float[] all, int label, int k) {
    int greater = 0;
    int tied = 0;
    for (float probability : all) {
      greater += probability > all[label] ? 1 : 0;
      tied += probability == all[label] ? 1 : 0;
    }
    return Math.max(0, Math.min(1, (double) (k - greater) / tied));
  }
}
