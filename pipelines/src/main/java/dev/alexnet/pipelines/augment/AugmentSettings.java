package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.augmentation.Augmentation;
import java.io.Serializable;

/**
 * What to augment, and how.
 *
 * @param data a plain dataset
 * @param output the directory of the augmented dataset
 * @param copies how many variants of each image; 0 for as many as the operations make: ten of
 *     {@code ten_views}, else one
 * @param operations such as {@code random_crop(224) | flip | colour(0.1)}
 * @param seed of all draws
 */
public record AugmentSettings(
    Location data, Location output, int copies, String operations, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public AugmentSettings {
    Problems problems =
        new Problems("augment")
            .require(data != null, "data is missing")
            .require(output != null, "output is missing")
            .require(
                copies >= 0 && copies <= 1000, "copies is %s; it must be 1 to 1000, or 0", copies)
            .require(operations != null, "operations is missing");
    if (operations != null) {
      try {
        Augmentation augmentation = Augmentation.parse(operations);
        operations = augmentation.toString();
        copies = copies == 0 ? augmentation.defaultCopies() : copies;
        problems.require(
            !augmentation.hasTenViews() || copies == augmentation.defaultCopies(),
            "copies is %s, but ten_views makes ten of each image; leave copies out",
            copies);
      } catch (Failure e) {
        problems.add(e.getMessage());
      }
    }
    problems.throwIfAny();
  }

  Augmentation augmentation() {
    return Augmentation.parse(operations);
  }
}
