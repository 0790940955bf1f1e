package dev.alexnet.ops.cli;

import dev.alexnet.infra.settings.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Lists everything that is wrong with a command line, each thing once, and nothing that only
 * follows from something else: unknown words first, then wrong values, then what is missing.
 */
final class UsageProblems {
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Set<String> wrong = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  // What was typed, though not rightly: it is not missing.
  private final Set<ArgSpec> attempted = new HashSet<>();
  private boolean isPositionalWrong;

  private UsageProblems() {}

  /**
   * @throws ParameterException that lists everything that is wrong, if anything is
   */
  static void refuse(ParseResult parsed) {
    List<String> problems = new UsageProblems().of(parsed);
    if (problems.isEmpty()) {
      return;
    }
    CommandLine command = deepest(parsed);
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String heading = problems.size() == 1 ? "" : problems.size() + " problems:\n  ";
    throw new ParameterException(
        command, heading + String.join("\n  ", problems) + "\nSee '" + help + "'.");
  }

  /** The command that was typed. */
  static CommandLine deepest(ParseResult parsed) {
    List<CommandLine> commands = parsed.asCommandLineList();
    return commands.get(commands.size() - 1);
  }

  private List<String> of(ParseResult parsed) {
    for (ParseResult level = parsed; level != null; level = level.subcommand()) {
      CommandSpec command = level.commandSpec();
      List<Exception> errors = level.errors();
      errors.forEach(this::addWrong);
      errors.forEach(this::addWithoutValue);
      errors.forEach(error -> addUnknown(command, error));
      errors.forEach(this::addMissing);
    }
    List<String> problems = new ArrayList<>(unknown);
    problems.addAll(wrong);
    if (!missing.isEmpty()) {
      problems.add("Missing: " + String.join(", ", missing));
    }
    boolean needsCommand = !parsed.commandSpec().subcommands().isEmpty();
    if (problems.isEmpty() && needsCommand && !parsed.hasSubcommand()) {
      problems.add("a command is missing; the commands are " + commands(parsed.commandSpec()));
    }
    return problems;
  }

  private void addWrong(Exception error) {
    if (error instanceof UnmatchedArgumentException || isAboutMissing(error)) {
      return;
    }
    if (error instanceof ParameterException parameter && parameter.getArgSpec() != null) {
      ArgSpec argument = parameter.getArgSpec();
      attempted.add(argument);
      isPositionalWrong |= argument instanceof PositionalParamSpec;
      wrong.add(
          error
              .getMessage()
              .replaceFirst("positional parameter at index \\S+ \\(([^)]*)\\)", "$1"));
    } else {
      wrong.add(error.getMessage());
    }
  }

  private static boolean isAboutMissing(Exception error) {
    return error instanceof MissingParameterException missing && missing.getArgSpec() == null;
  }

  /** Picocli tells an option that ends before its value as it tells one that is missing. */
  private void addWithoutValue(Exception error) {
    if (isAboutMissing(error) && error.getMessage().contains("for option")) {
      for (ArgSpec argument : ((MissingParameterException) error).getMissing()) {
        attempted.add(argument);
        wrong.add(
            "option '%s' needs a value, %s"
                .formatted(((OptionSpec) argument).longestName(), argument.paramLabel()));
      }
    }
  }

  private void addMissing(Exception error) {
    if (isAboutMissing(error)) {
      for (ArgSpec argument : ((MissingParameterException) error).getMissing()) {
        if (!attempted.contains(argument)) {
          missing.add(
              argument instanceof OptionSpec option
                  ? option.longestName() + "=" + option.paramLabel()
                  : argument.paramLabel());
        }
      }
    }
  }

  private void addUnknown(CommandSpec command, Exception error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return;
    }
    List<String> words = unmatched.getUnmatched();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-")) {
        addUnknownOption(command, word.split("=", 2)[0]);
      } else if (!command.subcommands().isEmpty()) {
        // The words after an unknown command cannot be checked.
        unknown.add(
            "unknown command '"
                + word
                + "'"
                + Suggestion.forWord(word, command.subcommands().keySet()));
        return;
      } else if (!isPositionalWrong && (i == 0 || !words.get(i - 1).startsWith("-"))) {
        // A word after an unknown option is most likely its value, and one whose value is wrong is
        // listed as that.
        unknown.add("'" + word + "' is not expected" + expected(command));
      }
    }
  }

  private void addUnknownOption(CommandSpec command, String name) {
    String suggestion = Suggestion.forWord(name, optionNames(command));
    unknown.add("unknown option '" + name + "'" + suggestion);
    command.options().stream()
        .filter(option -> suggestion.contains("did you mean '" + option.longestName() + "'"))
        .forEach(attempted::add);
  }

  /** Hints at a word that is one too many, or at the dashes of an option. */
  private static String expected(CommandSpec command) {
    return command.positionalParameters().isEmpty()
        ? "; options start with '--'"
        : "; one "
            + command.positionalParameters().stream()
                .map(ArgSpec::paramLabel)
                .collect(Collectors.joining(" "))
            + " is enough, and options start with '--'";
  }

  private static String commands(CommandSpec root) {
    return String.join(", ", root.subcommands().keySet());
  }

  private static List<String> optionNames(CommandSpec command) {
    return command.options().stream().map(OptionSpec::longestName).toList();
  }
}
