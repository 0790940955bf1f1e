package dev.alexnet.ops.launch;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;

/** Which attempt's log to show. */
public final class LogsSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<Integer> ATTEMPT =
      Setting.integer("attempt")
          .atLeast(1)
          .description("The number of an attempt, from 1; by default the latest.");

  static final Setting<Boolean> FOLLOW =
      Setting.flag("follow").description("Goes on until the attempt has ended.");

  public static final SettingsDefinition<LogsSettings> DEFINITION =
      SettingsDefinition.of(
          "logs",
          LogsSettings::new,
          CancelSettings.RUN,
          LaunchSettings.ENVIRONMENT,
          ATTEMPT,
          FOLLOW);

  private LogsSettings(Values values) {
    super(values);
  }

  @Override
  public SettingsDefinition<LogsSettings> definition() {
    return DEFINITION;
  }

  public RunName run() {
    return new RunName(get(CancelSettings.RUN));
  }

  public Location environment() {
    return get(LaunchSettings.ENVIRONMENT);
  }

  /** 0 for the latest. */
  public int attempt() {
    return get(ATTEMPT) == null ? 0 : get(ATTEMPT);
  }

  public boolean follow() {
    return get(FOLLOW);
  }
}
