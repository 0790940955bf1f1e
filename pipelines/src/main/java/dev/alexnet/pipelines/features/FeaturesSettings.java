package dev.alexnet.pipelines.features;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.Ensemble;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Whose features to write, and how.
 *
 * @param data the dataset
 * @param model the directory of the model
 * @param output the directory for the features
 * @param formats what to write, by {@link FeatureFormat#suffix}
 * @param views of each image: 1, the centre, or 10, whose mean is written
 * @param batch views at a time
 * @param maxRejected with more records than this that cannot be decoded, the run ends as failed
 *     after all else is written
 */
public record FeaturesSettings(
    Location data,
    Location model,
    Location output,
    List<String> formats,
    int views,
    int batch,
    long maxRejected)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<String> FORMATS =
      Arrays.stream(FeatureFormat.values()).map(FeatureFormat::suffix).toList();

  public FeaturesSettings {
    Problems problems =
        new Problems("features")
            .require(data != null, "data is missing")
            .require(model != null, "model is missing")
            .require(output != null, "output is missing")
            .require(formats != null && !formats.isEmpty(), "format is missing")
            .require(views == 1 || views == 10, "views is %s; it must be 1 or 10", views)
            .require(batch >= 1 && batch <= 4096, "batch is %s; it must be 1 to 4096", batch)
            .require(maxRejected >= 0, "max-rejected is %s; it must be at least 0", maxRejected);
    formats = formats == null ? List.of() : formats.stream().distinct().sorted().toList();
    for (String format : formats) {
      problems.require(
          FORMATS.contains(format),
          "format is '%s'%s",
          format,
          Suggestion.forWord(format, FORMATS));
    }
    problems.throwIfAny();
  }

  boolean writes(FeatureFormat format) {
    return formats.contains(format.suffix());
  }

  List<Ensemble.Member> members() {
    return Ensemble.members(List.of(model), List.of());
  }
}
