package dev.alexnet.ops.cli;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.ops.job.JobFile.Entry;
import dev.alexnet.ops.job.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Fills the options of commands from sections of a job file, whose keys are the options' names, and
 * collects what is wrong in all of them.
 */
final class SectionParser {
  private final String where;
  // The two splits share their section, and so their problems.
  private final Set<String> problems = new LinkedHashSet<>();

  SectionParser(String where) {
    this.where = where;
  }

  void problem(int line, String message) {
    problems.add("line " + line + ": " + message);
  }

  /**
   * @throws Failure of kind USAGE that lists the problems of all sections
   */
  void throwIfAny() {
    Problems all = new Problems(where);
    problems.forEach(all::add);
    all.throwIfAny();
  }

  /**
   * @param section where the entries stand
   * @param decided values by the name of the option, which the job decides and no entry may give
   * @return the effective settings; without meaning where there was a problem
   */
  List<Setting> fill(
      StepCommand command, Entry section, List<Entry> entries, Map<String, String> decided) {
    int problemsBefore = problems.size();
    CommandLine commandLine = CommandLines.of(new CommandLine(command));
    Set<String> names = namesOf(commandLine);
    names.removeAll(decided.keySet());
    Map<String, Integer> lines = new HashMap<>();
    List<String> arguments = new ArrayList<>();
    for (Entry entry : entries) {
      lines.put(entry.key(), entry.line());
      if (decided.containsKey(entry.key())) {
        problem(entry.line(), "the job itself decides '" + entry.key() + "'; remove it");
      } else if (!names.contains(entry.key())) {
        String suggestion = Suggestion.forWord(entry.key(), names);
        problem(entry.line(), "'" + entry.key() + "' is unknown in " + section.key() + suggestion);
      } else if (entry.isSection()) {
        problem(entry.line(), "'" + entry.key() + "' needs one value");
      } else {
        arguments.add("--" + entry.key() + "=" + entry.value());
      }
    }
    decided.forEach((name, value) -> arguments.add("--" + name + "=" + value));
    ParseResult parsed = commandLine.parseArgs(arguments.toArray(String[]::new));
    for (Exception error : parsed.errors()) {
      report(error, section, lines);
    }
    if (problems.size() == problemsBefore) {
      validate(command, section);
    }
    return EffectiveSettings.of(parsed, decided.keySet());
  }

  private void report(Exception error, Entry section, Map<String, Integer> lines) {
    if (error instanceof MissingParameterException missing) {
      missing.getMissing().stream()
          .filter(OptionSpec.class::isInstance)
          .map(option -> nameOf((OptionSpec) option))
          .forEach(name -> problem(section.line(), section.key() + " needs '" + name + "'"));
    } else if (error instanceof ParameterException wrong
        && wrong.getArgSpec() instanceof OptionSpec option) {
      problem(
          lines.getOrDefault(nameOf(option), section.line()),
          error.getMessage().replace("option '--", "'"));
    } else {
      problem(section.line(), error.getMessage());
    }
  }

  private void validate(StepCommand command, Entry section) {
    try {
      command.settings();
    } catch (Failure failure) {
      problem(section.line(), failure.getMessage());
    }
  }

  private static Set<String> namesOf(CommandLine commandLine) {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : commandLine.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.longestName().equals(StepCommand.JSON)) {
        names.add(nameOf(option));
      }
    }
    return names;
  }

  private static String nameOf(OptionSpec option) {
    return option.longestName().substring(2);
  }
}
