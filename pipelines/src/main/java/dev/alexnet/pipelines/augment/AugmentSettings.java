package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.augmentation.Augmentation;

/** What to augment, and how. */
public final class AugmentSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> DATA =
      Setting.location("data")
          .required()
          .description("The dataset to augment; it must not be augmented already.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output").required().description("The directory of the new dataset.");

  public static final Setting<Integer> COPIES =
      Setting.integer("copies")
          .defaultsTo(0)
          .between(0, 1000)
          .description("How many variants of each image to make; 0 means 1, or 10 with ten_views.");

  public static final Setting<String> OPERATIONS =
      Setting.text("operations")
          .label("OPERATIONS")
          .defaultsTo("random_crop(224) | flip | colour(0.1)")
          .description(
              "The operations on each image, in order: resize_small(256), random_crop(224), centre_crop(224), flip, colour(0.1), ten_views(224).");

  public static final Setting<Long> SEED =
      Setting.longInteger("seed").defaultsTo(1L).description("The seed of all random draws.");

  public static final SettingsDefinition<AugmentSettings> DEFINITION =
      SettingsDefinition.of("augment", AugmentSettings::new, DATA, OUTPUT, COPIES, OPERATIONS, SEED)
          .withRules(AugmentSettings::check);

  private AugmentSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<AugmentSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<AugmentSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.addFailureOf(this::augmentation);
    if (problems.isEmpty()) {
      problems.require(
          !augmentation().hasTenViews() || copies() == augmentation().defaultCopies(),
          "copies is %s, but ten_views makes ten of each image; leave copies out",
          copies());
    }
  }

  public Location data() {
    return get(DATA);
  }

  public Location output() {
    return get(OUTPUT);
  }

  long seed() {
    return get(SEED);
  }

  /** How many variants of each image, at least 1. */
  int copies() {
    return get(COPIES) == 0 ? augmentation().defaultCopies() : get(COPIES);
  }

  Augmentation augmentation() {
    return Augmentation.parse(get(OPERATIONS));
  }

  /** The operations in the normal form of {@link Augmentation}, however they were typed. */
  String operations() {
    return augmentation().toString();
  }
}
