package dev.alexnet.model.training.benchmark;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.network.Activation;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.training.shards.CacheSettings;

/** The settings of the benchmark of training steps. */
public final class BenchmarkSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Integer> STEPS =
      Setting.integer("steps")
          .defaultsTo(10)
          .atLeast(1)
          .description("How many steps are measured, after a first one that is not counted.");

  public static final Setting<Location> DATA =
      Setting.location("data")
          .description(
              "A dataset to read; without it every step gets the same batch of random values.");

  public static final SettingsDefinition<BenchmarkSettings> DEFINITION =
      SettingsDefinition.of(
              "benchmark",
              BenchmarkSettings::new,
              NetworkSettings.NETWORK,
              NetworkSettings.TOWERS,
              NetworkSettings.CLASSES,
              STEPS,
              DATA,
              CacheSettings.CACHE)
          .withRules(BenchmarkSettings::check);

  private BenchmarkSettings(Values values) {
    super(values);
  }

  private void check(Problems problems) {
    problems.addFailureOf(() -> Placement.check(devices(), preset()));
  }

  public static SettingsBuilder<BenchmarkSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<BenchmarkSettings> definition() {
    return DEFINITION;
  }

  String without() {
    return get(NetworkSettings.WITHOUT);
  }

  Activation activation() {
    return get(NetworkSettings.ACTIVATION);
  }

  String preset() {
    return get(NetworkSettings.PRESET);
  }

  AlexNetSpec network() {
    return Presets.named(preset(), without(), activation());
  }

  int batch() {
    return get(NetworkSettings.BATCH);
  }

  Precision precision() {
    return get(NetworkSettings.PRECISION);
  }

  String devices() {
    return get(NetworkSettings.DEVICES);
  }

  int classes() {
    return get(NetworkSettings.CLASSES);
  }

  int steps() {
    return get(STEPS);
  }

  ByteSize cache() {
    return get(CacheSettings.CACHE);
  }

  /** Null for a batch that is drawn once. */
  Location data() {
    return get(DATA);
  }
}
