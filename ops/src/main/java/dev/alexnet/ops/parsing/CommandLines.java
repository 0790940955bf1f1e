package dev.alexnet.ops.parsing;

import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How every command parses its options and shows its help. */
public final class CommandLines {
  /** Wider lines are hard to read, and narrower ones have no room beside the options. */
  private static final int WIDEST_HELP = 100;

  private static final int NARROWEST_HELP = 60;

  private CommandLines() {}

  /** Sets up a command with its subcommands. */
  public static CommandLine of(CommandLine commandLine) {
    return of(commandLine, name -> true);
  }

  /**
   * The same, but only the subcommands that are wanted get their options: those of all commands
   * take a twentieth of the time to start.
   */
  public static CommandLine of(CommandLine commandLine, Predicate<String> wanted) {
    commandLine.setUsageHelpAutoWidth(false);
    setUp(commandLine);
    commandLine
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              if (wanted.test(name)) {
                setUp(subcommand);
              }
            });
    return commandLine;
  }

  /** Fits the help of all commands into a terminal. */
  public static void fitHelp(CommandLine commandLine, int columns) {
    commandLine.setUsageHelpWidth(Math.min(WIDEST_HELP, Math.max(NARROWEST_HELP, columns)));
  }

  private static void setUp(CommandLine commandLine) {
    // Report all problems at once, see UsageProblems.
    commandLine.getCommandSpec().parser().collectErrors(true);
    commandLine.getCommandSpec().usageMessage().sortOptions(false);
    commandLine.getCommandSpec().usageMessage().showDefaultValues(true);
    commandLine.getCommandSpec().usageMessage().requiredOptionMarker('*');
    commandLine.setHelpFactory(WordWrappedHelp::new);
    commandLine.getCommandSpec().usageMessage().footerHeading("%nExample:%n");
    if (commandLine.getCommand() instanceof SettingsCommand command) {
      SettingOptions.addTo(commandLine.getCommandSpec(), command.definition());
    }
    CommandSpec command = commandLine.getCommandSpec();
    if (command.args().stream().anyMatch(ArgSpec::required)) {
      // Parameters come before options.
      if (command.positionalParameters().stream().anyMatch(ArgSpec::required)) {
        command.usageMessage().parameterListHeading("What is marked * is required.%n%n");
      } else {
        command.usageMessage().optionListHeading("Options marked * are required.%n%n");
      }
    }
    commandLine.getCommandSpec().addOption(helpOption());
  }

  private static OptionSpec helpOption() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .order(Integer.MAX_VALUE)
        .description("Shows this help.")
        .build();
  }
}
