package dev.alexnet.ops.cli;

import com.google.inject.Injector;
import com.google.inject.Module;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.command.Commands;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.process.Termination;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Parses a command line and runs its command. */
final class CommandDispatcher {
  private static final String RUNNER_OPTIONS_FOLLOW = "--";

  private final Console console;
  private final ExitCodes exitCodes;
  private final RunnerOptions runnerOptions;
  private final Termination termination;

  private CommandDispatcher(
      Console console, ExitCodes exitCodes, RunnerOptions runnerOptions, Termination termination) {
    this.console = console;
    this.exitCodes = exitCodes;
    this.runnerOptions = runnerOptions;
    this.termination = termination;
  }

  /**
   * @param console where help and failures are shown
   * @param platform the module of {@link Composition} for a console, on which the command shows
   *     everything else
   * @param arguments the command with its options and, after {@code --}, those of the Beam runner
   * @return the exit code
   */
  static int run(
      Console console, Function<Console, ? extends Module> platform, String... arguments) {
    List<String> typed = Arrays.asList(arguments);
    int end = typed.indexOf(RUNNER_OPTIONS_FOLLOW);
    List<String> own = withoutHelpCommand(end < 0 ? typed : typed.subList(0, end));
    List<String> rest = end < 0 ? List.of() : typed.subList(end + 1, typed.size());
    Console coloured = console.with(OutputOptions.coloursIn(own));
    ResultWriter results = new ResultWriter(console.out(), own.contains(OutputOptions.JSON));
    ExitCodes exitCodes = new ExitCodes(coloured, results::end);
    try {
      Console timed =
          own.contains(OutputOptions.VERBOSE) ? coloured.withTimes(Clock.systemUTC()) : coloured;
      Console told = own.contains(OutputOptions.QUIET) ? timed.quietly() : timed;
      Console shown = told.withOut(new PrintWriter(results, true));
      Injector injector = Composition.of(platform.apply(shown), rest);
      RunnerOptions runnerOptions = injector.getInstance(RunnerOptions.class);
      CommandDispatcher dispatcher =
          new CommandDispatcher(
              console, exitCodes, runnerOptions, injector.getInstance(Termination.class));
      int exitCode = dispatcher.commandLine(injector, own).execute(own.toArray(String[]::new));
      results.end();
      return exitCode == CommandLine.ExitCode.OK ? exitCodes.afterResult() : exitCode;
    } catch (Throwable thrown) {
      // Errors such as a missing native library. Picocli's handlers take exceptions only.
      return exitCodes.afterThrown(thrown);
    }
  }

  /** {@code help train} is {@code train --help}. */
  private static List<String> withoutHelpCommand(List<String> typed) {
    if (typed.isEmpty() || !typed.get(0).equals("help")) {
      return typed;
    }
    List<String> asked = new ArrayList<>(typed.subList(1, typed.size()));
    asked.add("--help");
    return asked;
  }

  private CommandLine commandLine(Injector injector, List<String> typed) {
    CommandLine commandLine =
        CommandLines.of(Commands.under(new GuiceFactory(injector)), typed::contains);
    CommandLines.fitHelp(commandLine, console.width().getAsInt());
    commandLine.setOut(console.out());
    commandLine.setErr(console.err());
    commandLine.setExecutionStrategy(this::execute);
    commandLine.setParameterExceptionHandler(
        (exception, arguments) -> exitCodes.afterUsage(exception.getMessage()));
    commandLine.setExecutionExceptionHandler(
        (exception, command, parsed) -> exitCodes.afterThrown(exception));
    return commandLine;
  }

  private int execute(ParseResult parsed) {
    Integer helpShown = CommandLine.executeHelpRequest(parsed);
    if (helpShown != null) {
      return helpShown;
    }
    if (parsed.originalArgs().isEmpty()) {
      parsed.commandSpec().commandLine().usage(console.err());
      return Failure.Kind.USAGE.exitCode();
    }
    UsageProblems.refuse(parsed);
    CommandLine command = UsageProblems.deepest(parsed);
    try {
      if (!(command.getCommand() instanceof RunsOnBeam)) {
        runnerOptions.refuseFor(command.getCommandName());
      } else if (runnerOptions.isHelpRequested()) {
        runnerOptions.printHelp(console.out());
        return CommandLine.ExitCode.OK;
      } else {
        // A wrong option fails here, not only when the first pipeline starts.
        runnerOptions.create();
      }
    } catch (Failure failure) {
      return exitCodes.afterThrown(failure);
    }
    // Pipelines keep finished shards, and jobs keep finished steps.
    return command.getCommand() instanceof RunsOnBeam
        ? termination.resumedAfter(() -> new RunLast().execute(parsed))
        : new RunLast().execute(parsed);
  }
}
