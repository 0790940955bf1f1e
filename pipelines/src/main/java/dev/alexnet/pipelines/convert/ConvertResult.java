package dev.alexnet.pipelines.convert;

/**
 * What a conversion came to.
 *
 * @param records how many images the dataset holds
 * @param rejected how many pictures of the source are in its {@code rejected.jsonl} instead
 * @param shards how many files the records are in
 * @param skippedShards how many of them an earlier run had written, so this one did not; all of
 *     them where the dataset was complete
 * @param alreadyComplete whether the dataset was there, made with the same settings, and was left
 *     as it is
 * @param classes how many classes the labels distinguish
 */
public record ConvertResult(
    long records,
    long rejected,
    int shards,
    int skippedShards,
    boolean alreadyComplete,
    int classes) {}
