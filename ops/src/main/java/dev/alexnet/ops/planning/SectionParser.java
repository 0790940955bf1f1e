package dev.alexnet.ops.planning;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.parsing.EffectiveSettings;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.planning.JobFile.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Fills the options of a command from a section of a job file, whose keys are the options' names.
 * Collects problems, each with its line.
 */
final class SectionParser {
  private final Entry section;
  private final Set<String> parts;
  private final Set<String> unmissed;
  private final List<LinedProblem> problems = new ArrayList<>();
  private final List<EffectiveSetting> settings;
  private final List<String> commandLine = new ArrayList<>();
  private final Map<String, List<Location>> places;

  /**
   * @param command whose options are filled
   * @param section that has the entries
   * @param decided values by the name of the option, which the job decides and no entry may set;
   *     those without an option's name before them too
   * @param parts keys that the section can have besides options
   * @param unmissed options that are not missed, because a section that cannot be read may have
   *     been meant to make what they name
   */
  SectionParser(
      PlannedCommand command,
      Entry section,
      List<Entry> entries,
      Map<String, List<String>> decided,
      Set<String> parts,
      Set<String> unmissed) {
    this.section = section;
    this.parts = parts;
    this.unmissed = new HashSet<>(unmissed);
    CommandLine parser = CommandLines.of(new CommandLine(command));
    Set<String> positional =
        command.definition().settings().stream()
            .filter(Setting::isPositional)
            .map(Setting::name)
            .collect(Collectors.toSet());
    List<String> arguments = arguments(parser, entries, decided, positional);
    ParseResult parsed = parser.parseArgs(arguments.toArray(String[]::new));
    commandLine.add(parser.getCommandName());
    commandLine.addAll(arguments);
    Map<String, Integer> lines = new HashMap<>();
    entries.forEach(entry -> lines.put(entry.key(), entry.line()));
    parsed.errors().forEach(error -> report(error, lines));
    boolean isComplete = parsed.errors().isEmpty();
    if (problems.isEmpty() && isComplete) {
      validate(command);
    }
    places =
        problems.isEmpty() && isComplete
            ? SettingOptions.read(parser.getCommandSpec(), command.definition()).places()
            : Map.of();
    settings = EffectiveSettings.of(parsed, decided.keySet());
  }

  List<LinedProblem> problems() {
    return List.copyOf(problems);
  }

  /** The arguments of {@code alexnet}; meaningless if there is a problem. */
  List<String> commandLine() {
    return List.copyOf(commandLine);
  }

  /** The settings of the command; meaningless if there is a problem. */
  List<EffectiveSetting> settings() {
    return settings;
  }

  /** The places that the command reads or writes, by option; empty if there is a problem. */
  Map<String, List<Location>> places() {
    return places;
  }

  private List<String> arguments(
      CommandLine parser,
      List<Entry> entries,
      Map<String, List<String>> decided,
      Set<String> positional) {
    Set<String> names = namesOf(parser);
    names.addAll(positional);
    names.removeAll(decided.keySet());
    List<String> arguments = new ArrayList<>();
    for (Entry entry : entries) {
      String key = entry.key();
      if (decided.containsKey(key)) {
        add(entry.line(), "the job itself decides '" + key + "'; remove it");
      } else if (!names.contains(key)) {
        Set<String> known = new TreeSet<>(names);
        known.addAll(parts);
        String suggestion = Suggestion.forWord(key, known);
        add(entry.line(), "'" + key + "' is unknown in " + section.key() + suggestion);
        // What was meant is there, though not under its name.
        names.stream().filter(name -> suggestion.contains("'" + name + "'")).forEach(unmissed::add);
      } else if (entry.isSection()) {
        add(entry.line(), "'" + key + "' needs one value");
      } else {
        arguments.add((positional.contains(key) ? "" : "--" + key + "=") + entry.value());
      }
    }
    decided.forEach(
        (name, values) -> {
          String prefix = positional.contains(name) ? "" : "--" + name + "=";
          values.forEach(value -> arguments.add(prefix + value));
        });
    return arguments;
  }

  private void add(int line, String message) {
    problems.add(new LinedProblem(line, message));
  }

  private void report(Exception error, Map<String, Integer> lines) {
    if (error instanceof MissingParameterException missing) {
      missing.getMissing().stream()
          .map(SectionParser::keyOf)
          .filter(name -> !unmissed.contains(name))
          .forEach(name -> add(section.line(), section.key() + " needs '" + name + "'"));
    } else if (error instanceof ParameterException wrong
        && wrong.getArgSpec() instanceof OptionSpec option) {
      add(
          lines.getOrDefault(nameOf(option), section.line()),
          error.getMessage().replace("option '--", "'"));
    } else {
      add(section.line(), error.getMessage());
    }
  }

  private void validate(PlannedCommand command) {
    try {
      command.validate();
    } catch (Failure failure) {
      add(section.line(), failure.getMessage());
    }
  }

  private static Set<String> namesOf(CommandLine parser) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : parser.getCommandSpec().options()) {
      if (!option.usageHelp() && !OutputOptions.NAMES.contains(option.longestName())) {
        names.add(nameOf(option));
      }
    }
    return names;
  }

  private static String keyOf(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? nameOf(option)
        : argument.paramLabel().toLowerCase(Locale.ROOT);
  }

  private static String nameOf(OptionSpec option) {
    return option.longestName().substring(2);
  }
}
