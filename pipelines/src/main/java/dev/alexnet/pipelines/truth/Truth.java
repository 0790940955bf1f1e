package dev.alexnet.pipelines.truth;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which labels are right for an image, in place of the one label that a dataset has. */
public interface Truth {
  /**
   * @param image its id in the dataset
   * @return labels of the model's classes, each once; none if no class is right; empty if nothing
   *     is known about the image
   */
  Optional<List<Integer>> rightLabels(String image);

  /**
   * The images that it says something about and that are not among some, each once, in the order of
   * its lines.
   */
  List<String> imagesBesides(Set<String> some);
}
