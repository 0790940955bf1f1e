package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.storage.Location;

/**
 * What an augmentation made.
 *
 * @param output the dataset
 * @param records how many it holds
 * @param shards how many files
 * @param skippedShards how many of them an interrupted run had made already
 * @param alreadyComplete whether the whole dataset was there and nothing was done
 */
public record AugmentResult(
    Location output, long records, int shards, int skippedShards, boolean alreadyComplete) {}
