package dev.alexnet.ops.launch;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import java.util.Optional;

/** Which runs to tell of. */
public final class StatusSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<String> RUN =
      Setting.text("run")
          .positional()
          .label("RUN")
          .mustBe(RunName.RULE, run -> run.isEmpty() || RunName.isValid(run))
          .description("The run; by default all runs of the environment that Batch still lists.");

  public static final SettingsDefinition<StatusSettings> DEFINITION =
      SettingsDefinition.of("status", StatusSettings::new, RUN, LaunchSettings.ENVIRONMENT);

  private StatusSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<StatusSettings> definition() {
    return DEFINITION;
  }

  /** Empty for all. */
  public Optional<RunName> run() {
    return get(RUN).isEmpty() ? Optional.empty() : Optional.of(new RunName(get(RUN)));
  }

  public Location environment() {
    return get(LaunchSettings.ENVIRONMENT);
  }
}
