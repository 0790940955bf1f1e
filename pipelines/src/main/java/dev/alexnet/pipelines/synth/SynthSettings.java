package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** The settings of a synthetic ImageNet. */
public final class SynthSettings extends Settings {
  private static final long serialVersionUID = 1L;

  // One class is held in memory: 10000 pictures take about 70 MB. The real archive has at most
  // 1300.
  private static final int MOST_PER_CLASS = 10_000;

  public static final Setting<Location> OUTPUT =
      Setting.location("output").required().description("The directory for the archives.");

  public static final Setting<Integer> CLASSES =
      Setting.integer("classes")
          .defaultsTo(10)
          .between(2, 1000)
          .description("How many classes, 2 to 1000.");

  public static final Setting<Integer> TRAIN_PER_CLASS =
      Setting.integer("train-per-class")
          .defaultsTo(300)
          .between(1, MOST_PER_CLASS)
          .description("Training pictures of each class, 1 to 10000.");

  public static final Setting<Integer> VAL_PER_CLASS =
      Setting.integer("val-per-class")
          .defaultsTo(50)
          .between(1, MOST_PER_CLASS)
          .description("Validation pictures of each class, 1 to 10000.");

  public static final Setting<Long> SEED =
      Setting.longInteger("seed")
          .defaultsTo(1L)
          .description("The seed of the pictures: equal seeds give equal bytes.");

  public static final SettingsDefinition<SynthSettings> DEFINITION =
      SettingsDefinition.of(
          "synth", SynthSettings::new, OUTPUT, CLASSES, TRAIN_PER_CLASS, VAL_PER_CLASS, SEED);

  private SynthSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<SynthSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<SynthSettings> definition() {
    return DEFINITION;
  }

  public Location output() {
    return get(OUTPUT);
  }

  public int classes() {
    return get(CLASSES);
  }

  public int trainPerClass() {
    return get(TRAIN_PER_CLASS);
  }

  public int valPerClass() {
    return get(VAL_PER_CLASS);
  }

  long seed() {
    return get(SEED);
  }
}
