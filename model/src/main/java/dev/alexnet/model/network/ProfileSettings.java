package dev.alexnet.model.network;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;

/** Which network to show. */
public final class ProfileSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final SettingsDefinition<ProfileSettings> DEFINITION =
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

  public AlexNetSpec network() {
    return Presets.named(
        get(NetworkSettings.PRESET), get(NetworkSettings.WITHOUT), get(NetworkSettings.ACTIVATION));
  }

  /** The whole network, of which {@link #network} may leave out parts. */
  public AlexNetSpec preset() {
    return Presets.named(get(NetworkSettings.PRESET));
  }

  public int batch() {
    return get(NetworkSettings.BATCH);
  }

  public int classes() {
    return get(NetworkSettings.CLASSES);
  }
}
