package dev.alexnet.ops.cli;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.ops.command.Commands;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.parsing.SettingsCommand;
import dev.alexnet.ops.process.Termination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the script by which bash and zsh complete commands, options, paths and the words that
 * options can have. The build runs this, because to start Java at each key would be slow.
 */
public final class CompletionScript {
  private static final String NAME = "alexnet";

  private CompletionScript() {}

  /**
   * @param arguments the file
   */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text());
  }

  static String text() {
    PlatformModule platform =
        new PlatformModule(Console.standard(), Clock.systemUTC(), new Termination());
    CommandLine commands =
        CommandLines.of(Commands.under(new GuiceFactory(Composition.of(platform, List.of()))));
    CommandSpec described = CommandSpec.create().name(NAME);
    commands
        .getCommandSpec()
        .options()
        .forEach(option -> described.addOption(OptionSpec.builder(option).build()));
    commands
        .getSubcommands()
        .forEach((name, command) -> described.addSubcommand(name, described(command)));
    return AutoComplete.bash(NAME, new CommandLine(described));
  }

  /**
   * Picocli completes by the types of options, but ours are read by their settings; and it names
   * variables of the script by placeholders, so each option needs its own.
   */
  private static CommandSpec described(CommandLine command) {
    CommandSpec described = CommandSpec.create();
    List<? extends Setting<?>> settings =
        ((SettingsCommand) command.getCommand()).definition().settings();
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = option.longestName();
      Optional<? extends Setting<?>> setting =
          settings.stream().filter(each -> ("--" + each.name()).equals(name)).findFirst();
      boolean flag = option.type() == boolean.class;
      described.addOption(
          OptionSpec.builder(option.names())
              .paramLabel(name)
              .arity(flag ? "0" : "1")
              .type(flag ? boolean.class : setting.map(CompletionScript::type).orElse(String.class))
              .completionCandidates(
                  flag ? null : setting.map(CompletionScript::words).orElse(words(option)))
              .build());
    }
    if (settings.stream().anyMatch(each -> each.isPositional() && each.type().holdsLocations())) {
      described.addPositional(
          PositionalParamSpec.builder()
              .paramLabel("PATH")
              .arity("0..*")
              .type(Path[].class)
              .build());
    }
    return described;
  }

  private static Class<?> type(Setting<?> setting) {
    return setting.type().holdsLocations() ? Path.class : String.class;
  }

  private static Iterable<String> words(Setting<?> setting) {
    return setting.words().isEmpty() ? null : setting.words();
  }

  private static Iterable<String> words(OptionSpec option) {
    return option.completionCandidates();
  }
}
