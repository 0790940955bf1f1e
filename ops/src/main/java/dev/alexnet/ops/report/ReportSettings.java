package dev.alexnet.ops.report;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** The inputs of a report, and its directory. */
public final class ReportSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> SCORES =
      Setting.location("scores").required().description("The directory of the scores.");

  public static final Setting<Location> TRAINING =
      Setting.location("training")
          .description(
              "The --workdir of the training that made the model; without it there are no learning curves.");

  public static final Setting<Location> MODEL =
      Setting.location("model")
          .description(
              "The model that was scored; by default that of --training, or the one that is recorded in the scores.");

  public static final Setting<Location> SIMILAR =
      Setting.location("similar")
          .description(
              "The --output of 'alexnet similar' with the model; without it no neighbours are shown.");

  public static final Setting<Location> DATA =
      Setting.location("data")
          .description(
              "The dataset that was scored; by default, the location that is recorded in the scores.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output")
          .required()
          .description(
              "The directory for report.html and its pictures. An earlier report in it is replaced.");

  public static final SettingsDefinition<ReportSettings> DEFINITION =
      SettingsDefinition.of(
              "report", ReportSettings::new, SCORES, TRAINING, MODEL, SIMILAR, DATA, OUTPUT)
          .withRules(ReportSettings::check);

  private ReportSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<ReportSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<ReportSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        !output().equals(scores()),
        "output is %s, the directory of the scores; choose another directory for the report",
        output());
  }

  public Location scores() {
    return get(SCORES);
  }

  /** Null for none. */
  Location training() {
    return get(TRAINING);
  }

  /** Null for that of the training or of the scores. */
  Location model() {
    return get(MODEL);
  }

  /** Null for none. */
  Location similar() {
    return get(SIMILAR);
  }

  /** Null for the place that the scores name. */
  Location data() {
    return get(DATA);
  }

  public Location output() {
    return get(OUTPUT);
  }
}
