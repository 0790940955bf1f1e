package dev.alexnet.ops.bundle;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;

/** What to pack, and where to put the parts. */
public final class BundleSettings extends Settings {
  private static final long serialVersionUID = 1L;

  private static final ByteSize SMALLEST_PART = ByteSize.parse("64K");

  static final Setting<Boolean> GPU =
      Setting.flag("gpu")
          .description(
              "For a machine with GPUs and NVIDIA's driver: with TensorFlow's GPU build and the libraries of CUDA that it opens. Start it from a build with both: ALEXNET_PROFILES=gpu,natives ./alexnet bundle --gpu.");

  static final Setting<Boolean> CPU =
      Setting.flag("cpu").description("For a machine without GPUs.");

  static final Setting<Location> OUTPUT =
      Setting.location("output")
          .required()
          .description("The directory for the parts and for join, the script that unpacks them.");

  static final Setting<ByteSize> PART_SIZE =
      Setting.size("part-size")
          .defaultsTo(ByteSize.parse("1G"))
          .mustBe("at least 64K", size -> size.bytes() >= SMALLEST_PART.bytes())
          .description("The most bytes of each part: K, M and G are powers of 1024.");

  public static final SettingsDefinition<BundleSettings> DEFINITION =
      SettingsDefinition.of("bundle", BundleSettings::new, GPU, CPU, OUTPUT, PART_SIZE)
          .withRules(BundleSettings::check);

  private BundleSettings(Values values) {
    super(values);
  }

  static SettingsBuilder<BundleSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<BundleSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        !get(GPU).equals(get(CPU)),
        "give either --gpu or --cpu, for the machine that the bundle is for");
  }

  boolean gpu() {
    return get(GPU);
  }

  public Location output() {
    return get(OUTPUT);
  }

  long partBytes() {
    return get(PART_SIZE).bytes();
  }
}
