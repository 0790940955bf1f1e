package dev.alexnet.ops.doctor;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.environment.PinnedImage;

/** What to look at. */
public final class DoctorSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> INPUT =
      Setting.location("input")
          .description(
              "The directory of the archives, which are compared with the published ones. For gs:// locations the credentials are checked too.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output")
          .defaultsTo(new Location("."))
          .description(
              "Where datasets will be written; doctor tries to write there and checks that there is enough free space. On gs:// it writes an object, reads it and deletes it.");

  public static final Setting<Boolean> MD5 =
      Setting.flag("md5")
          .description("Reads archives whole to compare their MD5 too: 155 GB for ILSVRC2012.");

  public static final Setting<Integer> REQUIRE_GPUS =
      Setting.integer("require-gpus")
          .defaultsTo(0)
          .atLeast(0)
          .description("How many GPUs TensorFlow must see.");

  public static final Setting<Arithmetic> ARITHMETIC =
      Setting.choice("arithmetic", Arithmetic.class)
          .defaultsTo(Arithmetic.SUMMARY)
          .label("summary|table|none")
          .description(
              "Every operation of the presets is compared with float64, which takes some seconds. summary: one line for each preset, and all operations if one is wrong; table: all of them; none: no comparison.");

  public static final Setting<Location> ENVIRONMENT =
      Setting.location("environment")
          .description(
              "The contract of a Google Cloud environment, as 'terraform output -json contract' writes it. The project is compared with it: APIs, permissions, quotas, network, buckets and images. Nothing is changed.");

  public static final Setting<String> IMAGE =
      Setting.text("image")
          .label("IMAGE")
          .mustBe(PinnedImage.RULE, PinnedImage::isValid)
          .ifLeftOut("no image")
          .description("The image of a job in the environment, which must be in its repository.");

  public static final SettingsDefinition<DoctorSettings> DEFINITION =
      SettingsDefinition.of(
              "doctor",
              DoctorSettings::new,
              INPUT,
              OUTPUT,
              MD5,
              REQUIRE_GPUS,
              ARITHMETIC,
              ENVIRONMENT,
              IMAGE)
          .withRules(DoctorSettings::check);

  private DoctorSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<DoctorSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<DoctorSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        !md5() || input() != null, "md5 needs the archives; give their directory with --input");
    problems.require(
        image().isEmpty() || environment() != null,
        "image is about an environment; give --environment with it");
  }

  /** Null for the machine alone. */
  Location input() {
    return get(INPUT);
  }

  Location output() {
    return get(OUTPUT);
  }

  boolean md5() {
    return get(MD5);
  }

  int requireGpus() {
    return get(REQUIRE_GPUS);
  }

  public Arithmetic arithmetic() {
    return get(ARITHMETIC);
  }

  /** Null where no environment is to be looked at. */
  Location environment() {
    return get(ENVIRONMENT);
  }

  /** With its digest; empty for none. */
  String image() {
    return get(IMAGE);
  }

  /** How much of the arithmetic is looked at and shown. */
  public enum Arithmetic {
    /** One line for each preset and precision; everything if an operation is wrong. */
    SUMMARY,
    /** Every operation. */
    TABLE,
    /** Nothing, because it takes some seconds. */
    NONE
  }
}
