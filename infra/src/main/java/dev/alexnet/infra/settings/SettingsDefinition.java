package dev.alexnet.infra.settings;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * All settings of a command, in the order of its help, and the rules that involve several of them.
 *
 * @param <S> the type that holds their values
 */
public final class SettingsDefinition<S extends Settings> {
  private final String name;
  private final Function<Settings.Values, S> constructor;
  private final List<Setting<?>> settings;
  private final List<SettingGroup> groups;
  private final BiConsumer<S, Problems> rules;

  private SettingsDefinition(
      String name,
      Function<Settings.Values, S> constructor,
      List<Setting<?>> settings,
      List<SettingGroup> groups,
      BiConsumer<S, Problems> rules) {
    this.name = requireNonNull(name, "name is null");
    this.constructor = requireNonNull(constructor, "constructor is null");
    this.settings = List.copyOf(settings);
    this.groups = List.copyOf(groups);
    this.rules = requireNonNull(rules, "rules is null");
    Set<String> names = new HashSet<>();
    for (Setting<?> setting : settings) {
      if (!names.add(setting.name())) {
        throw new IllegalArgumentException(name + " has two settings named " + setting.name());
      }
    }
  }

  /**
   * @param name of the command
   * @param settings each a {@link Setting}, a list of settings that several commands share, or a
   *     {@link SettingGroup}
   */
  public static <S extends Settings> SettingsDefinition<S> of(
      String name, Function<Settings.Values, S> constructor, Object... settings) {
    List<Setting<?>> all = new ArrayList<>();
    List<SettingGroup> groups = new ArrayList<>();
    for (Object some : settings) {
      if (some instanceof SettingGroup group) {
        groups.add(group);
        all.addAll(group.settings());
      } else {
        SettingType.items(some).forEach(setting -> all.add((Setting<?>) setting));
      }
    }
    return new SettingsDefinition<>(name, constructor, all, groups, (values, problems) -> {});
  }

  /**
   * The same with rules that involve several settings. They are checked only if each setting alone
   * is valid.
   */
  public SettingsDefinition<S> withRules(BiConsumer<S, Problems> several) {
    return new SettingsDefinition<>(name, constructor, settings, groups, several);
  }

  public String name() {
    return name;
  }

  public List<Setting<?>> settings() {
    return settings;
  }

  /** How the help divides the settings; those in no group come before them. */
  public List<SettingGroup> groups() {
    return groups;
  }

  /** A builder in which every setting has its default. */
  public SettingsBuilder<S> builder() {
    return new SettingsBuilder<>(this);
  }

  /** A builder in which every setting has the value that it has in {@code like}. */
  public SettingsBuilder<S> builder(S like) {
    SettingsBuilder<S> builder = builder();
    settings.forEach(setting -> copy(setting, like, builder));
    return builder;
  }

  private static <T> void copy(Setting<T> setting, Settings from, SettingsBuilder<?> to) {
    to.set(setting, from.get(setting));
  }

  /** The same settings for a process with another working directory. */
  public S fromAnywhere(S like) {
    SettingsBuilder<S> builder = builder(like);
    settings.stream()
        .filter(setting -> setting.type().holdsLocations())
        .forEach(setting -> fromAnywhere(setting, like, builder));
    return builder.build();
  }

  @SuppressWarnings("unchecked") // A setting that holds locations has one of them, or a list.
  private static <T> void fromAnywhere(Setting<T> setting, Settings from, SettingsBuilder<?> to) {
    Object value = from.get(setting);
    if (value instanceof Location place) {
      to.set(setting, (T) place.fromAnywhere());
    } else if (value instanceof List<?> places) {
      List<Location> absolute =
          places.stream().map(place -> ((Location) place).fromAnywhere()).toList();
      to.set(setting, (T) absolute);
    }
  }

  /**
   * Reads arguments such as {@code --size=256}. Arguments that name none of the settings are passed
   * on.
   *
   * @param rest receives the other arguments
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE that lists every problem
   */
  public S parse(List<String> arguments, List<String> rest) {
    SettingsBuilder<S> builder = builder();
    for (String argument : arguments) {
      Setting<?> setting =
          settings.stream()
              .filter(one -> argument.startsWith("--" + one.name() + "="))
              .findFirst()
              .orElse(null);
      if (setting == null) {
        rest.add(argument);
      } else {
        builder.add(setting, argument.substring(setting.name().length() + 3));
      }
    }
    return builder.build();
  }

  S create(Settings.Values values, Problems problems) {
    problems.throwIfAny();
    S created = constructor.apply(values);
    rules.accept(created, problems);
    problems.throwIfAny();
    return created;
  }
}
