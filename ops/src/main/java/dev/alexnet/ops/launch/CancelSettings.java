package dev.alexnet.ops.launch;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** Which run to cancel. */
public final class CancelSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<String> RUN =
      Setting.text("run")
          .required()
          .positional()
          .label("RUN")
          .mustBe(RunName.RULE, RunName::isValid)
          .description("The run.");

  public static final SettingsDefinition<CancelSettings> DEFINITION =
      SettingsDefinition.of("cancel", CancelSettings::new, RUN, LaunchSettings.ENVIRONMENT);

  private CancelSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<CancelSettings> definition() {
    return DEFINITION;
  }

  public RunName run() {
    return new RunName(get(RUN));
  }

  public Location environment() {
    return get(LaunchSettings.ENVIRONMENT);
  }
}
