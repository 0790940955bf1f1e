package dev.alexnet.ops.prediction;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.model.prediction.InferenceSettings;
import java.util.List;

/** The pictures to classify, and the models. */
public final class PredictSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<List<Location>> PICTURES =
      Setting.locations("pictures")
          .required()
          .positional()
          .label("FILE|FOLDER")
          .description("JPEG or PNG files, or folders of them.");

  static final Setting<List<Location>> MODEL =
      Setting.locations("model")
          .required()
          .description(
              "The directory of a model. Repeat it for several models, whose mean prediction is shown.");

  static final Setting<Integer> TOP =
      Setting.integer("top").defaultsTo(5).atLeast(1).description("How many classes to show.");

  public static final SettingsDefinition<PredictSettings> DEFINITION =
      SettingsDefinition.of(
          "predict",
          PredictSettings::new,
          PICTURES,
          MODEL,
          InferenceSettings.VIEWS,
          TOP,
          ResizeMethod.SETTING);

  private PredictSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<PredictSettings> definition() {
    return DEFINITION;
  }

  List<Location> pictures() {
    return get(PICTURES);
  }

  List<Location> models() {
    return get(MODEL);
  }

  int views() {
    return get(InferenceSettings.VIEWS);
  }

  int top() {
    return get(TOP);
  }

  ResizeMethod resize() {
    return get(ResizeMethod.SETTING);
  }
}
