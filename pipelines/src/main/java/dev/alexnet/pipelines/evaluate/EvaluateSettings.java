package dev.alexnet.pipelines.evaluate;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** What to evaluate. */
public final class EvaluateSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> SUBMISSION =
      Setting.location("submission")
          .required()
          .description(
              "The predictions: one line per picture with up to five ids, the best first; 0 or an empty line means no guess and counts as wrong.");

  public static final Setting<Location> TRUTH =
      Setting.location("truth")
          .required()
          .description("The ground truth: one line per picture, with the id of its class.");

  public static final Setting<Location> DEVKIT =
      Setting.location("devkit")
          .description(
              "The devkit's archive, folder or meta.mat; if given, only its ids are allowed. The devkit of 2010 also gives the cost of a wrong guess.");

  public static final SettingsDefinition<EvaluateSettings> DEFINITION =
      SettingsDefinition.of("evaluate", EvaluateSettings::new, SUBMISSION, TRUTH, DEVKIT);

  private EvaluateSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<EvaluateSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<EvaluateSettings> definition() {
    return DEFINITION;
  }

  public Location submission() {
    return get(SUBMISSION);
  }

  public Location truth() {
    return get(TRUTH);
  }

  /** Null to skip checking ids and the hierarchical error. */
  Location devkit() {
    return get(DEVKIT);
  }
}
