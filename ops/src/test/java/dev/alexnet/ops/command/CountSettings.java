package dev.alexnet.ops.command;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** How far to count. */
final class CountSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<Integer> UP_TO =
      Setting.integer("up-to").required().atLeast(1).description("The last number.");

  static final Setting<Integer> BY =
      Setting.integer("by").defaultsTo(1).atLeast(1).description("The step.");

  static final Setting<Location> LOG = Setting.location("log").description("A file.");

  static final SettingsDefinition<CountSettings> DEFINITION =
      SettingsDefinition.of("count", CountSettings::new, UP_TO, BY, LOG);

  private CountSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<CountSettings> definition() {
    return DEFINITION;
  }

  int upTo() {
    return get(UP_TO);
  }

  int by() {
    return get(BY);
  }

  Location log() {
    return get(LOG);
  }
}
