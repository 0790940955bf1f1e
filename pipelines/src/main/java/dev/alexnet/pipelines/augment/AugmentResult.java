package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * The result of an augmentation.
 *
 * @param output the augmented dataset
 * @param records how many records it holds
 * @param shards how many shard files it has
 * @param skippedShards how many of them an interrupted run had already written
 * @param alreadyComplete whether the dataset was already complete, so nothing was done
 * @param notices sentences for the user, such as which files were damaged
 */
public record AugmentResult(
    Location output,
    long records,
    int shards,
    int skippedShards,
    boolean alreadyComplete,
    List<String> notices) {

  public AugmentResult {
    notices = List.copyOf(notices);
  }
}
