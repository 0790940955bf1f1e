package dev.alexnet.ops.similarity;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.features.FeatureFormat;
import dev.alexnet.pipelines.features.FeaturesSettings;
import java.util.List;
import java.util.Locale;

/**
 * What to find neighbours of, and where.
 *
 * @param data the dataset among whose images neighbours are looked for
 * @param model the directory of the model
 * @param queries picture files, folders of them, and datasets
 * @param images how many images of each dataset in {@code queries} are taken, spread evenly
 * @param features the directory of the features of {@code data}; null to write them under {@code
 *     output}
 * @param output the directory for what is found
 * @param neighbours how many of each query
 * @param batch images at a time
 * @param resize how picture files are scaled, by the names of {@link ResizeMethod}
 */
public record SimilarSettings(
    Location data,
    Location model,
    List<Location> queries,
    int images,
    Location features,
    Location output,
    int neighbours,
    int batch,
    String resize) {
  private static final int MOST_NEIGHBOURS = 20;

  public SimilarSettings {
    new Problems("similar")
        .require(data != null, "data is missing")
        .require(model != null, "model is missing")
        .require(queries != null && !queries.isEmpty(), "query is missing")
        .require(images >= 1 && images <= 1000, "images is %s; it must be 1 to 1000", images)
        .require(output != null, "output is missing")
        .require(
            neighbours >= 1 && neighbours <= MOST_NEIGHBOURS,
            "neighbours is %s; it must be 1 to %s",
            neighbours,
            MOST_NEIGHBOURS)
        .require(batch >= 1 && batch <= 4096, "batch is %s; it must be 1 to 4096", batch)
        .require(
            ConvertSettings.RESIZES.contains(resize),
            "resize is '%s'%s",
            resize,
            Suggestion.forWord(resize, ConvertSettings.RESIZES))
        .throwIfAny();
    queries = List.copyOf(queries);
  }

  ResizeMethod method() {
    return ResizeMethod.valueOf(resize.toUpperCase(Locale.ROOT));
  }

  /** The features that are written where none are given. */
  FeaturesSettings featuresToWrite() {
    return new FeaturesSettings(
        data,
        model,
        output.resolve("features"),
        List.of(FeatureFormat.NPY.suffix()),
        1,
        batch,
        Long.MAX_VALUE);
  }
}
