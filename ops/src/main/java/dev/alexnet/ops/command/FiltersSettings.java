package dev.alexnet.ops.command;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import java.util.Locale;

/** The model whose filters are drawn, and the file. */
final class FiltersSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<Location> MODEL =
      Setting.location("model").required().description("The directory of the model.");

  static final Setting<Location> OUTPUT =
      Setting.location("output")
          .required()
          .mustBe(
              "the name of a .png", file -> file.value().toLowerCase(Locale.ROOT).endsWith(".png"))
          .description("The PNG file to write.");

  static final SettingsDefinition<FiltersSettings> DEFINITION =
      SettingsDefinition.of("filters", FiltersSettings::new, MODEL, OUTPUT);

  private FiltersSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<FiltersSettings> definition() {
    return DEFINITION;
  }

  Location model() {
    return get(MODEL);
  }

  Location output() {
    return get(OUTPUT);
  }
}
