package dev.alexnet.ops.cli;

import dev.alexnet.infra.settings.Suggestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Lists everything that is wrong with a command line. */
final class UsageProblems {
  private UsageProblems() {}

  /**
   * @throws ParameterException that lists everything that is wrong, if anything is
   */
  static void refuse(ParseResult parsed) {
    List<String> problems = of(parsed);
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

  private static List<String> of(ParseResult parsed) {
    List<String> problems = new ArrayList<>();
    for (ParseResult level = parsed; level != null; level = level.subcommand()) {
      for (Exception error : level.errors()) {
        if (error instanceof UnmatchedArgumentException unmatched) {
          problems.addAll(unknown(level.commandSpec(), unmatched.getUnmatched()));
        } else {
          problems.add(error.getMessage());
        }
      }
    }
    boolean needsCommand = !parsed.commandSpec().subcommands().isEmpty();
    if (problems.isEmpty() && needsCommand && !parsed.hasSubcommand()) {
      problems.add("a command is missing; the commands are " + commands(parsed.commandSpec()));
    }
    return problems;
  }

  private static List<String> unknown(CommandSpec command, List<String> words) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("-")) {
        String name = word.split("=", 2)[0];
        problems.add(
            "unknown option '" + name + "'" + Suggestion.forWord(name, optionNames(command)));
      } else if (!command.subcommands().isEmpty()) {
        // The words after an unknown command cannot be checked.
        problems.add(
            "unknown command '"
                + word
                + "'"
                + Suggestion.forWord(word, command.subcommands().keySet()));
        return problems;
      } else if (i == 0 || !words.get(i - 1).startsWith("-")) {
        // A word after an unknown option is most likely its value.
        problems.add("'" + word + "' is not expected; options start with '--'");
      }
    }
    return problems;
  }

  private static String commands(CommandSpec root) {
    return String.join(", ", root.subcommands().keySet());
  }

  private static List<String> optionNames(CommandSpec command) {
    return command.options().stream().map(OptionSpec::longestName).toList();
  }
}
