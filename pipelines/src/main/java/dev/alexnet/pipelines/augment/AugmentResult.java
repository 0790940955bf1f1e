package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * What an augmentation made.
 *
 * @param output the dataset
 * @param records how many it holds
 * @param shards how many files
 * @param skippedShards how many of them an interrupted run had made already
 * @param alreadyComplete whether the whole dataset was there and nothing was done
 * @param notices what its owner should know, in sentences: files that were damaged
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
