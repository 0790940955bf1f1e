package dev.alexnet.ops.parsing;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.infra.settings.SettingType.Shape;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.console.Table;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.EffectiveSetting.Origin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The settings that a parsed command works with. */
public final class EffectiveSettings {
  private EffectiveSettings() {}

  /**
   * @param decidedByJob names of the settings that the job decides, and nobody may give
   */
  public static List<EffectiveSetting> of(ParseResult parsed, Set<String> decidedByJob) {
    List<EffectiveSetting> settings = new ArrayList<>();
    Set<String> ofMachine = namesOfMachine(parsed.commandSpec());
    for (OptionSpec option : parsed.commandSpec().options()) {
      if (option.usageHelp() || OutputOptions.NAMES.contains(option.longestName())) {
        continue;
      }
      String name = option.longestName().substring(2);
      Object value = option.getValue();
      Origin given = parsed.hasMatchedOption(option) ? Origin.GIVEN : Origin.DEFAULT;
      settings.add(
          new EffectiveSetting(
              name,
              textOf(value),
              decidedByJob.contains(name) ? Origin.JOB : given,
              ofMachine.contains(name)));
    }
    return settings;
  }

  private static Set<String> namesOfMachine(CommandSpec command) {
    return command.userObject() instanceof SettingsCommand settings
        ? settings.definition().settings().stream()
            .filter(Setting::isOfMachine)
            .map(Setting::name)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private static String textOf(Object value) {
    if (value instanceof List<?> several) {
      return several.stream().map(EffectiveSettings::textOf).collect(Collectors.joining(","));
    }
    if (value instanceof Enum<?> constant) {
      return SettingType.word(constant);
    }
    return value == null ? "" : value.toString();
  }

  /**
   * The settings as a table with an empty line after it; empty if there is nothing to show.
   *
   * @param all also those that nobody has given
   */
  public static String shown(List<EffectiveSetting> settings, boolean all, Screen screen) {
    List<EffectiveSetting> shown =
        settings.stream().filter(one -> all || one.origin() == Origin.GIVEN).toList();
    return shown.isEmpty() ? "" : table(shown).on(screen) + "\n";
  }

  private static Table table(List<EffectiveSetting> settings) {
    Table table = new Table("setting", "value", "from");
    for (EffectiveSetting setting : settings) {
      table.row(
          setting.name(),
          setting.value().isEmpty() ? "-" : setting.value(),
          setting.origin().toString());
    }
    return table;
  }

  /**
   * The settings for programs: names with underscores, and values as JSON has them. A value that is
   * not set is null.
   *
   * @param definition knows their types
   */
  public static Map<String, Object> byName(
      List<EffectiveSetting> settings, SettingsDefinition<?> definition) {
    Map<String, Object> byName = new TreeMap<>();
    for (EffectiveSetting setting : settings) {
      Object value =
          definition.settings().stream()
              .filter(defined -> defined.name().equals(setting.name()))
              .findFirst()
              .map(defined -> typed(defined, setting.value()))
              .orElse(null);
      byName.put(setting.name().replace('-', '_'), value);
    }
    return byName;
  }

  private static Object typed(Setting<?> setting, String text) {
    Shape shape = setting.type().shape();
    if (shape == Shape.SEPARATED || shape == Shape.REPEATED) {
      return text.isEmpty()
          ? List.of()
          : Arrays.stream(text.split(",")).map(item -> item(setting, item)).toList();
    }
    return text.isEmpty() ? null : item(setting, text);
  }

  private static Object item(Setting<?> setting, String text) {
    Object item = setting.parseItem(text);
    return item instanceof Number || item instanceof Boolean ? item : text;
  }
}
