package dev.alexnet.ops.inspection;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import java.util.List;
import java.util.Locale;

/** What to inspect. */
public final class InspectSettings extends Settings {
  private static final long serialVersionUID = 1L;
  private static final double USUAL_SIMILARITY = 0.98;

  public static final Setting<Location> DIRECTORY =
      Setting.location("directory")
          .required()
          .positional()
          .label("DIRECTORY")
          .description(
              "The directory of a dataset, a model, checkpoints, scores or features, or one that has such directories in it: a training, or a whole run.");

  public static final Setting<Location> SHEET =
      Setting.location("sheet")
          .mustBe(
              "the name of a .png", file -> file.value().toLowerCase(Locale.ROOT).endsWith(".png"))
          .description(
              "The PNG file to write: some images of a dataset, with the names of their classes.");

  public static final Setting<Location> LEAKS =
      Setting.location("leaks")
          .description(
              "A dataset, such as a validation set, whose images are looked for in the dataset DIRECTORY, such as its training set. Images that are in both are listed, and the exit code is then 65.");

  public static final Setting<List<Location>> FEATURES =
      Setting.locations("features")
          .description(
              "With --leaks: the features of both datasets, first those of --leaks, to list similar images too.");

  public static final Setting<Double> SIMILARITY =
      Setting.number("similarity")
          .mustBe("from 0 to 1", value -> value >= 0 && value <= 1)
          .description(
              "With --features: the smallest cosine of similar images; 0.98 if it is not given.");

  public static final SettingsDefinition<InspectSettings> DEFINITION =
      SettingsDefinition.of(
              "inspect", InspectSettings::new, DIRECTORY, SHEET, LEAKS, FEATURES, SIMILARITY)
          .withRules(InspectSettings::check);

  private InspectSettings(Values values) {
    super(values);
  }

  private void check(Problems problems) {
    problems.require(
        leaks() == null || sheet() == null, "sheet and leaks are both given; give one of them");
    problems.require(
        features().isEmpty() || (leaks() != null && features().size() == 2),
        "features need --leaks and must be given twice, for each dataset; they are given %s times",
        features().size());
    problems.require(
        get(SIMILARITY) == null || !features().isEmpty(),
        "similarity is about similar images, which are looked for with --leaks and --features; give those, or leave it out");
  }

  @Override
  public SettingsDefinition<InspectSettings> definition() {
    return DEFINITION;
  }

  public Location directory() {
    return get(DIRECTORY);
  }

  /** The dataset to compare with {@link #directory}; null to inspect only. */
  public Location leaks() {
    return get(LEAKS);
  }

  /** Of both datasets, first those of {@link #leaks}; or none. */
  public List<Location> features() {
    return get(FEATURES);
  }

  /** The smallest cosine of similar images, 0 to 1. */
  public double similarity() {
    Double given = get(SIMILARITY);
    return given == null ? USUAL_SIMILARITY : given;
  }

  /** Null for none. */
  public Location sheet() {
    return get(SHEET);
  }
}
