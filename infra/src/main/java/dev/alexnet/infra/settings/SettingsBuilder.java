package dev.alexnet.infra.settings;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the values of settings.
 *
 * @param <S> the type that holds the values
 */
public final class SettingsBuilder<S extends Settings> {
  private final SettingsDefinition<S> definition;
  private final Problems problems;
  private final Map<String, List<Object>> items = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  SettingsBuilder(SettingsDefinition<S> definition) {
    this.definition = definition;
    this.problems = new Problems(definition.name());
  }

  /** Sets a value; null restores the default. */
  public <T> SettingsBuilder<S> set(Setting<T> setting, T value) {
    requireKnown(setting);
    values.put(setting.name(), value);
    return this;
  }

  /** Adds a value as the user typed it; a list takes several. */
  SettingsBuilder<S> add(Setting<?> setting, String text) {
    requireKnown(setting);
    boolean separated = setting.type().shape() == SettingType.Shape.SEPARATED;
    for (String part : separated ? text.split(",", -1) : new String[] {text}) {
      try {
        Object item = setting.parseItem(part);
        items.computeIfAbsent(setting.name(), name -> new ArrayList<>()).add(item);
      } catch (IllegalArgumentException e) {
        problems.add("Invalid value for option '--%s': %s", setting.name(), e.getMessage());
      }
    }
    return this;
  }

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE that lists every problem
   */
  public S build() {
    Map<String, Serializable> complete = new LinkedHashMap<>();
    definition.settings().forEach(setting -> complete(setting, complete));
    return definition.create(new Settings.Values(complete), problems);
  }

  private <T> void complete(Setting<T> setting, Map<String, Serializable> complete) {
    setting.problemOfItems(given(setting)).ifPresent(problems::add);
    T value = value(setting);
    setting.problem(value).ifPresent(problems::add);
    if (value != null) {
      complete.put(setting.name(), (Serializable) value);
    }
  }

  /** The items as they were given, before a type makes a value of them. */
  private List<?> given(Setting<?> setting) {
    return values.get(setting.name()) instanceof List<?> list
        ? list
        : items.getOrDefault(setting.name(), List.of());
  }

  @SuppressWarnings("unchecked") // Only values of the setting's type are stored under its name.
  private <T> T value(Setting<T> setting) {
    Object value = values.get(setting.name());
    if (value == null && items.containsKey(setting.name())) {
      return setting.type().of(items.get(setting.name()));
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? setting.defaultValue() : setting.type().of(List.copyOf(list));
    }
    return value == null ? setting.defaultValue() : (T) value;
  }

  private void requireKnown(Setting<?> setting) {
    if (!definition.settings().contains(setting)) {
      throw new IllegalArgumentException(
          definition.name() + " has no setting " + setting.name() + " of this definition");
    }
  }
}
