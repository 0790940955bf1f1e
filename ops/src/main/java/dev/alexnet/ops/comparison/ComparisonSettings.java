package dev.alexnet.ops.comparison;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import java.util.List;

/** The scores to compare. */
public final class ComparisonSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<List<Location>> SCORES =
      Setting.locations("scores")
          .required()
          .positional()
          .label("SCORES")
          .description(
              "Directories of scores of the same images. All but the first are compared with the"
                  + " first.");

  static final Setting<Location> OUTPUT =
      Setting.location("output")
          .description(
              "The directory for comparison.html, which also shows images and classes; without it"
                  + " only the tables are printed.");

  static final Setting<Location> DATA =
      Setting.location("data")
          .description(
              "The dataset that was scored; by default, the location that is recorded in the"
                  + " scores.");

  static final Setting<Double> TRAINING_ERROR =
      Setting.number("training-error")
          .mustBe("more than 0 and less than 100", percent -> percent > 0 && percent < 100)
          .label("PERCENT")
          .description(
              "Also tells how many steps each training took until its error on the training set, as"
                  + " the mean over an epoch, was at most this; the paper's figure 1 has 25.");

  public static final SettingsDefinition<ComparisonSettings> DEFINITION =
      SettingsDefinition.of(
              "compare", ComparisonSettings::new, SCORES, OUTPUT, DATA, TRAINING_ERROR)
          .withRules(ComparisonSettings::check);

  private ComparisonSettings(Values values) {
    super(values);
  }

  static SettingsBuilder<ComparisonSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<ComparisonSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        scores() == null || scores().size() > 1,
        "there is one directory of scores; give two or more");
    problems.require(
        scores() == null || scores().stream().distinct().count() == scores().size(),
        "a directory of scores is given twice");
    problems.require(
        scores() == null || output() == null || !scores().contains(output()),
        "output is %s, a directory of scores; choose another directory for the page",
        output());
    problems.require(
        data() == null || output() != null,
        "data gives the images of the page, which is written only with --output; give that too");
  }

  /** A share, 0 to 1; null to tell nothing of the trainings. */
  Double trainingError() {
    Double percent = get(TRAINING_ERROR);
    return percent == null ? null : percent / 100;
  }

  List<Location> scores() {
    return get(SCORES);
  }

  /** Null to write no page. */
  Location output() {
    return get(OUTPUT);
  }

  /** Null for the place that the scores name. */
  Location data() {
    return get(DATA);
  }
}
