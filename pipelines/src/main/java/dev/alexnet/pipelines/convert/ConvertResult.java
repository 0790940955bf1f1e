package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import java.util.List;

/**
 * The result of a conversion.
 *
 * @param records how many images the dataset holds
 * @param rejected how many pictures of the source are listed in {@code rejected.jsonl} instead
 * @param shards how many files the records are in
 * @param skippedShards how many of them an earlier run had already written; all of them if the
 *     dataset was complete
 * @param alreadyComplete whether a complete dataset with the same settings already existed, so
 *     nothing was done
 * @param classes how many classes the labels have
 * @param classesWithImages how many of them have at least one image
 * @param source a description of what was converted
 * @param notices sentences for the user: classes that were left out, unknown or empty, and files
 *     that were damaged
 * @param excess why the run counts as failed although the dataset is complete: more pictures were
 *     rejected than the settings allow; null if not
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
   * @throws Failure of kind BAD_DATA if more pictures were rejected than the settings allow
   */
  public ConvertResult withinBudget() {
    if (excess != null) {
      throw new Failure(Failure.Kind.BAD_DATA, excess);
    }
    return this;
  }
}
