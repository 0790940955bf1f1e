package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import java.util.List;

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
 * @param classesWithImages how many of them have an image
 * @param source what was converted, in words
 * @param notices what its owner should know, in sentences: classes left out, unknown or empty,
 *     files that were damaged
 * @param excess why the run counts as failed although the dataset is complete: more pictures were
 *     rejected than the settings allow. Null where it does not
 */
public record ConvertResult(
    long records,
    long rejected,
    int shards,
    int skippedShards,
    boolean alreadyComplete,
    int classes,
    int classesWithImages,
    String source,
    List<String> notices,
    String excess) {

  public ConvertResult {
    notices = List.copyOf(notices);
  }

  /**
   * @throws Failure of kind BAD_DATA where more pictures were rejected than the settings allow
   */
  public ConvertResult withinBudget() {
    if (excess != null) {
      throw new Failure(Failure.Kind.BAD_DATA, excess);
    }
    return this;
  }
}
