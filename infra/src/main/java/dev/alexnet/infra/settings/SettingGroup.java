package dev.alexnet.infra.settings;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * Settings that the help shows together.
 *
 * @param heading without a colon
 */
public record SettingGroup(String heading, List<Setting<?>> settings) {
  public SettingGroup {
    requireNonNull(heading, "heading is null");
    settings = List.copyOf(settings);
  }

  /**
   * @param settings each a {@link Setting}, or a list of settings that several commands share
   */
  public static SettingGroup of(String heading, Object... settings) {
    List<Setting<?>> all = new ArrayList<>();
    for (Object some : settings) {
      SettingType.items(some).forEach(setting -> all.add((Setting<?>) setting));
    }
    return new SettingGroup(heading, all);
  }
}
