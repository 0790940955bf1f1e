package dev.alexnet.ops.similarity;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.model.prediction.InferenceSettings;
import dev.alexnet.pipelines.features.FeaturesSettings;
import dev.alexnet.pipelines.output.RejectedRecords;
import java.util.List;

/** The pictures whose neighbours to find, and the dataset to search. */
public final class SimilarSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> DATA =
      Setting.location("data")
          .required()
          .description("The dataset to search, usually the training set.");

  public static final Setting<Location> MODEL =
      Setting.location("model").required().description("The directory of the model.");

  public static final Setting<List<Location>> QUERY =
      Setting.locations("query")
          .required()
          .description(
              "A JPEG or PNG file, a folder of them, or a dataset. Can be repeated. An image of --data is not its own neighbour.");

  public static final Setting<Integer> IMAGES =
      Setting.integer("images")
          .defaultsTo(5)
          .between(1, 1000)
          .description("How many images to take from a dataset in --query, spread evenly over it.");

  public static final Setting<Location> FEATURES =
      Setting.location("features")
          .description(
              "The features of --data from 'alexnet features'. By default they are written into the output and used again the next time.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output")
          .required()
          .description("The directory for neighbours.png, neighbours.json and images.");

  public static final Setting<Integer> NEIGHBOURS =
      Setting.integer("neighbours")
          .defaultsTo(6)
          .between(1, 20)
          .description("How many neighbours to find for each picture, 1 to 20.");

  public static final SettingsDefinition<SimilarSettings> DEFINITION =
      SettingsDefinition.of(
          "similar",
          SimilarSettings::new,
          DATA,
          MODEL,
          QUERY,
          IMAGES,
          FEATURES,
          OUTPUT,
          NEIGHBOURS,
          InferenceSettings.BATCH,
          ResizeMethod.SETTING);

  private SimilarSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<SimilarSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<SimilarSettings> definition() {
    return DEFINITION;
  }

  public Location data() {
    return get(DATA);
  }

  public Location model() {
    return get(MODEL);
  }

  List<Location> queries() {
    return get(QUERY);
  }

  /** Whether another number of images is given than the usual. */
  boolean givesImages() {
    return !get(IMAGES).equals(IMAGES.defaultValue());
  }

  int images() {
    return get(IMAGES);
  }

  /** Null if they are to be written. */
  Location features() {
    return get(FEATURES);
  }

  public Location output() {
    return get(OUTPUT);
  }

  int neighbours() {
    return get(NEIGHBOURS);
  }

  int batch() {
    return get(InferenceSettings.BATCH);
  }

  ResizeMethod resize() {
    return get(ResizeMethod.SETTING);
  }

  /** The features that are written if none are given. */
  FeaturesSettings featuresToWrite() {
    return FeaturesSettings.builder()
        .set(FeaturesSettings.DATA, data())
        .set(FeaturesSettings.MODEL, model())
        .set(FeaturesSettings.OUTPUT, output().resolve("features"))
        .set(InferenceSettings.BATCH, batch())
        .set(RejectedRecords.ALLOWED, Long.MAX_VALUE)
        .build();
  }
}
