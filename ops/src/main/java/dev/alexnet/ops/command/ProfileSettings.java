package dev.alexnet.ops.command;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Presets;

/** Which network to show. */
final class ProfileSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final SettingsDefinition<ProfileSettings> DEFINITION =
      SettingsDefinition.of(
              "network", ProfileSettings::new, NetworkSettings.NETWORK, NetworkSettings.CLASSES)
          .withRules(ProfileSettings::check);

  private ProfileSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<ProfileSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.addFailureOf(this::network);
  }

  AlexNetSpec network() {
    return Presets.named(
        get(NetworkSettings.PRESET), get(NetworkSettings.WITHOUT), get(NetworkSettings.ACTIVATION));
  }

  /** The whole network, of which {@link #network} may leave out parts. */
  AlexNetSpec preset() {
    return Presets.named(get(NetworkSettings.PRESET));
  }

  int batch() {
    return get(NetworkSettings.BATCH);
  }

  int classes() {
    return get(NetworkSettings.CLASSES);
  }
}
