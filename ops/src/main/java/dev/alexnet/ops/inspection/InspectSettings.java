package dev.alexnet.ops.inspection;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import java.util.Locale;

/** What to inspect. */
public final class InspectSettings extends Settings {
  private static final long serialVersionUID = 1L;

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

  public static final SettingsDefinition<InspectSettings> DEFINITION =
      SettingsDefinition.of("inspect", InspectSettings::new, DIRECTORY, SHEET);

  private InspectSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<InspectSettings> definition() {
    return DEFINITION;
  }

  public Location directory() {
    return get(DIRECTORY);
  }

  /** Null for none. */
  public Location sheet() {
    return get(SHEET);
  }
}
