package dev.alexnet.infra.settings;

import dev.alexnet.infra.storage.Location;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of a command's settings, validated together. Immutable; built by {@link
 * SettingsDefinition#builder}, and equal if all values are.
 */
public abstract class Settings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Serializable> values;

  protected Settings(Values values) {
    this.values = new TreeMap<>(values.byName);
  }

  /** Values that were read but not checked yet. */
  public static final class Values {
    private final Map<String, Serializable> byName;

    Values(Map<String, Serializable> byName) {
      this.byName = byName;
    }
  }

  /** The definition of these settings. */
  public abstract SettingsDefinition<?> definition();

  /** The value; null if the setting was not given and has no default. */
  @SuppressWarnings("unchecked") // Only values of the setting's type are stored under its name.
  protected final <T> T get(Setting<T> setting) {
    return (T) values.get(setting.name());
  }

  /** The values that affect the output, as text by name. */
  public final SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    for (Setting<?> setting : definition().settings()) {
      if (setting.isPartOfIdentity()) {
        identity.put(setting.name(), text(setting));
      }
    }
    return identity;
  }

  /**
   * The command-line arguments that give these settings, without the command and without defaults.
   */
  public final List<String> arguments() {
    return definition().settings().stream().flatMap(one -> arguments(one).stream()).toList();
  }

  /**
   * The places that were given for the work, by the name of the setting; those of the machine are
   * left out.
   */
  public final SortedMap<String, List<Location>> places() {
    SortedMap<String, List<Location>> places = new TreeMap<>();
    for (Setting<?> setting : definition().settings()) {
      Object value = get(setting);
      if (value != null && setting.type().holdsLocations() && !setting.isOfMachine()) {
        places.put(
            setting.name(), SettingType.items(value).stream().map(Location.class::cast).toList());
      }
    }
    return places;
  }

  /** The values that are not defaults, as text by name. */
  protected final SortedMap<String, String> textOfGiven(List<Setting<?>> some) {
    SortedMap<String, String> given = new TreeMap<>();
    for (Setting<?> setting : some) {
      Object value = get(setting);
      if (value != null && !value.equals(setting.defaultValue())) {
        given.put(setting.name(), text(setting));
      }
    }
    return given;
  }

  private <T> String text(Setting<T> setting) {
    T value = get(setting);
    return value == null ? "" : setting.type().text(value);
  }

  private <T> List<String> arguments(Setting<T> setting) {
    T value = get(setting);
    if (value == null || value.equals(setting.defaultValue())) {
      return List.of();
    }
    String prefix = setting.isPositional() ? "" : "--" + setting.name() + "=";
    return switch (setting.type().shape()) {
      case REPEATED -> setting.type().texts(value).stream().map(prefix::concat).toList();
      default -> List.of(prefix + setting.type().text(value));
    };
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Settings settings
        && settings.definition() == definition()
        && settings.values.equals(values);
  }

  @Override
  public final int hashCode() {
    return values.hashCode();
  }

  @Override
  public final String toString() {
    return definition().name() + " " + String.join(" ", arguments());
  }
}
