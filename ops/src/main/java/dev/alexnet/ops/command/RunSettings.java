package dev.alexnet.ops.command;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** The job file, and the work directory. */
final class RunSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<Location> CONFIG =
      Setting.location("config").description("The job file in YAML; by default the built-in job.");

  static final Setting<Location> WORKDIR =
      Setting.location("workdir")
          .defaultsTo(new Location("runs/default"))
          .description("The directory for everything that the job makes, local or on gs://.");

  static final Setting<Boolean> PRINT_CONFIG =
      Setting.flag("print-config")
          .description("Only prints the job file with all its settings, defaults included.");

  static final SettingsDefinition<RunSettings> DEFINITION =
      SettingsDefinition.of("run", RunSettings::new, CONFIG, WORKDIR, PRINT_CONFIG);

  private RunSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<RunSettings> definition() {
    return DEFINITION;
  }

  /** Null for the built-in one. */
  Location config() {
    return get(CONFIG);
  }

  boolean printConfig() {
    return get(PRINT_CONFIG);
  }

  Location workdir() {
    return get(WORKDIR);
  }
}
