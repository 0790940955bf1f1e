package dev.alexnet.pipelines.features;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.util.List;

/** Which features to write, and how. */
public final class FeaturesSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> DATA =
      Setting.location("data").required().description("The dataset.");

  public static final Setting<Location> MODEL =
      Setting.location("model").required().description("The directory of the model.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output").required().description("The directory for the features.");

  public static final Setting<List<FeatureFormat>> FORMAT =
      Setting.choices("format", FeatureFormat.class)
          .defaultsTo(List.of(FeatureFormat.NPY))
          .description("npy, tfrecord, or both, separated by commas.");

  public static final SettingsDefinition<FeaturesSettings> DEFINITION =
      SettingsDefinition.of(
          "features",
          FeaturesSettings::new,
          DATA,
          MODEL,
          OUTPUT,
          FORMAT,
          InferenceSettings.VIEWS,
          InferenceSettings.BATCH,
          RejectedRecords.ALLOWED);

  private FeaturesSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<FeaturesSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<FeaturesSettings> definition() {
    return DEFINITION;
  }

  public Location data() {
    return get(DATA);
  }

  public Location model() {
    return get(MODEL);
  }

  public Location output() {
    return get(OUTPUT);
  }

  List<FeatureFormat> formats() {
    return get(FORMAT);
  }

  /** How many views of each image are averaged: 1, the centre, or 10. */
  int views() {
    return get(InferenceSettings.VIEWS);
  }

  int batch() {
    return get(InferenceSettings.BATCH);
  }

  long maxRejected() {
    return get(RejectedRecords.ALLOWED);
  }

  List<String> suffixes() {
    return formats().stream().map(FeatureFormat::suffix).toList();
  }

  boolean writes(FeatureFormat format) {
    return formats().contains(format);
  }

  List<Ensemble.Member> members() {
    return Ensemble.members(List.of(model()), List.of());
  }
}
