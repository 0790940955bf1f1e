package dev.alexnet.ops.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.dataset.ClassLabel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's prediction for a picture.
 *
 * @param file the picture
 * @param guesses the most probable classes, the first one first; empty if it could not be read
 * @param problem why it could not be read; null if it was
 */
public record PicturePrediction(
    @JsonProperty("file") String file,
    @JsonProperty("guesses") List<Guess> guesses,
    @JsonProperty("problem") @JsonInclude(JsonInclude.Include.NON_NULL) String problem) {

  /**
   * A class that the picture may show.
   *
   * @param label the place in the model's classes
   * @param wnid the class's id
   * @param name its name
   * @param probability 0 to 1
   */
  public record Guess(
      @JsonProperty("label") int label,
      @JsonProperty("wnid") String wnid,
      @JsonProperty("name") String name,
      @JsonProperty("probability") double probability) {}

  /** Of equally probable classes the lower label comes first. */
  static PicturePrediction of(
      String file, float[] probabilities, List<ClassLabel> classes, int top) {
    List<Guess> guesses = new ArrayList<>();
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparing((Integer label) -> -probabilities[label]))
        .limit(top)
        .forEach(
            label -> {
              ClassLabel known = classes.get(label);
              guesses.add(new Guess(label, known.wnid(), known.name(), probabilities[label]));
            });
    return new PicturePrediction(file, guesses, null);
  }

  static PicturePrediction unreadable(String file, String problem) {
    return new PicturePrediction(file, List.of(), problem);
  }
}
