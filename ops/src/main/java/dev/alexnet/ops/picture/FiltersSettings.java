package dev.alexnet.ops.picture;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import java.util.Locale;

/** The model whose filters are drawn, and the file. */
public final class FiltersSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> MODEL =
      Setting.location("model").required().description("The directory of the model.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output")
          .required()
          .mustBe(
              "the name of a .png", file -> file.value().toLowerCase(Locale.ROOT).endsWith(".png"))
          .description("The PNG file to write.");

  public static final SettingsDefinition<FiltersSettings> DEFINITION =
      SettingsDefinition.of("filters", FiltersSettings::new, MODEL, OUTPUT);

  private FiltersSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<FiltersSettings> definition() {
    return DEFINITION;
  }

  public Location model() {
    return get(MODEL);
  }

  public Location output() {
    return get(OUTPUT);
  }
}
