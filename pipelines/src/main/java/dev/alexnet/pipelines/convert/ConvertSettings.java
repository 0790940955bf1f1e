package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.image.Orientation;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.source.ClassOrder;
import dev.alexnet.pipelines.source.InputLayout;
import java.util.Map;

/** What to convert, and how. */
public final class ConvertSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> INPUT =
      Setting.location("input")
          .required()
          .description(
              "The directory that holds the archives, a list or class folders; or one archive or"
                  + " list itself.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output")
          .description("The directory of the dataset; required except with --dry-run.");

  public static final Setting<Split> SPLIT =
      Setting.choice("split", Split.class, Map.of("val", Split.VALIDATION))
          .defaultsTo(Split.TRAIN)
          .identifiesOutput()
          .description("train, validation (or val) or test.");

  public static final Setting<InputLayout> LAYOUT =
      Setting.choice("layout", InputLayout.class)
          .defaultsTo(InputLayout.AUTO)
          .description(
              "How the input is laid out: auto, ilsvrc2012, ilsvrc2010, kaggle, huggingface,"
                  + " class-tars, webdataset, parquet, csv or folders.");

  public static final Setting<Location> UNPACK_TO =
      Setting.location("unpack-to")
          .description(
              "Where tars compressed with gzip and Parquet files are unpacked, once, because pictures"
                  + " are read from their places in plain tars.");

  public static final Setting<Location> DEVKIT =
      Setting.location("devkit")
          .description("The devkit's archive or folder; if not given, the input is searched.");

  public static final Setting<String> CLASSES =
      Setting.text("classes")
          .label("CLASSES")
          .defaultsTo("all")
          .notBlank()
          .description(
              "Which classes to convert: all, present (only those in the input), or a file with one"
                  + " wnid per line.");

  public static final Setting<ClassOrder> CLASS_ORDER =
      Setting.choice("class-order", ClassOrder.class)
          .defaultsTo(ClassOrder.AUTO)
          .description(
              "auto or text: with auto, classes that are all numbers are ordered as numbers, 2"
                  + " before 10.");

  public static final Setting<Integer> SHARDS =
      Setting.integer("shards")
          .defaultsTo(0)
          .between(0, 99_999)
          .identifiesOutput()
          .description("How many files to write; 0 chooses by the number of images.");

  public static final Setting<Integer> SIZE =
      Setting.integer("size")
          .defaultsTo(256)
          .between(16, 4096)
          .identifiesOutput()
          .description("Height and width of the images in pixels.");

  public static final Setting<Integer> QUALITY =
      Setting.integer("quality")
          .defaultsTo(PictureConverter.USUAL_QUALITY)
          .between(1, 100)
          .identifiesOutput()
          .description("Quality of the JPEGs, 1 to 100.");

  public static final Setting<RecordSchema> RECORD_SCHEMA =
      Setting.choice("record-schema", RecordSchema.class)
          .defaultsTo(RecordSchema.TFDS)
          .identifiesOutput()
          .description(
              "The names of a record's features: tfds (image, label from 0) or slim"
                  + " (image/encoded, image/class/label from 1).");

  public static final Setting<Long> SEED =
      Setting.longInteger("seed")
          .defaultsTo(1L)
          .identifiesOutput()
          .description("The seed of the order of the images.");

  public static final Setting<Long> PER_CLASS =
      Setting.longInteger("per-class")
          .defaultsTo(0L)
          .atLeast(0)
          .identifiesOutput()
          .description(
              "Converts only this many images of each class, chosen by the seed; 0 for all.");

  public static final Setting<Long> LIMIT =
      Setting.longInteger("limit")
          .defaultsTo(0L)
          .atLeast(0)
          .identifiesOutput()
          .description("Converts only this many of those images, chosen by the seed; 0 for all.");

  public static final Setting<Long> MAX_REJECTED =
      Setting.longInteger("max-rejected")
          .defaultsTo(0L)
          .atLeast(0)
          .description(
              "If more pictures than this are rejected, the command fails after writing the rest.");

  public static final Setting<Boolean> DRY_RUN =
      Setting.flag("dry-run")
          .description(
              "Only prints what would be read: the layout, the classes with the numbers of their"
                  + " pictures, and the labels of the first pictures. Nothing is written.");

  public static final SettingsDefinition<ConvertSettings> DEFINITION =
      SettingsDefinition.of(
              "convert",
              ConvertSettings::new,
              INPUT,
              OUTPUT,
              SPLIT,
              LAYOUT,
              UNPACK_TO,
              DEVKIT,
              CLASSES,
              CLASS_ORDER,
              SHARDS,
              SIZE,
              QUALITY,
              ResizeMethod.SETTING,
              Orientation.SETTING,
              RECORD_SCHEMA,
              SEED,
              PER_CLASS,
              LIMIT,
              MAX_REJECTED,
              DRY_RUN)
          .withRules(ConvertSettings::check);

  private ConvertSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<ConvertSettings> builder() {
    return DEFINITION.builder();
  }

  private void check(Problems problems) {
    problems.require(
        dryRun() || output() != null,
        "output is missing; give the directory of the dataset, or only look with --dry-run");
  }

  @Override
  public SettingsDefinition<ConvertSettings> definition() {
    return DEFINITION;
  }

  public Location input() {
    return get(INPUT);
  }

  /** Null only in a dry run. */
  public Location output() {
    return get(OUTPUT);
  }

  Split split() {
    return get(SPLIT);
  }

  InputLayout layout() {
    return get(LAYOUT);
  }

  /** Null to refuse compressed archives. */
  public Location unpackTo() {
    return get(UNPACK_TO);
  }

  /** Null to look for the devkit in the input. */
  Location devkit() {
    return get(DEVKIT);
  }

  /** {@code all}, {@code present} or a file. */
  String classes() {
    return get(CLASSES);
  }

  ClassOrder classOrder() {
    return get(CLASS_ORDER);
  }

  /** 0 to choose by the number of images. */
  int shards() {
    return get(SHARDS);
  }

  int size() {
    return get(SIZE);
  }

  int quality() {
    return get(QUALITY);
  }

  ResizeMethod resize() {
    return get(ResizeMethod.SETTING);
  }

  Orientation orientation() {
    return get(Orientation.SETTING);
  }

  RecordSchema recordSchema() {
    return get(RECORD_SCHEMA);
  }

  long seed() {
    return get(SEED);
  }

  /** 0 for all. */
  long perClass() {
    return get(PER_CLASS);
  }

  /** 0 for all. */
  long limit() {
    return get(LIMIT);
  }

  long maxRejected() {
    return get(MAX_REJECTED);
  }

  /** Whether to read only names. */
  public boolean dryRun() {
    return get(DRY_RUN);
  }
}
