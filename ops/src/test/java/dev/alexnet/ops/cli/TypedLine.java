package dev.alexnet.ops.cli;

import com.google.inject.Injector;
import com.google.inject.Module;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.parsing.CommandLines;
import dev.alexnet.ops.process.Termination;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** The result of a command line: exit code, standard output and standard error. */
public record TypedLine(int exitCode, String out, String err) {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  public static TypedLine enter(String... arguments) {
    return enterOn(UnaryOperator.identity(), arguments);
  }

  /** Runs it with another standard output. */
  static TypedLine enterWith(Writer out, String... arguments) {
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true), new PrintWriter(err, true), false, () -> 80, () -> 0);
    return new TypedLine(
        CommandDispatcher.run(console, TypedLine::platform, arguments), "", err.toString());
  }

  /** Runs it on a changed platform. If it writes JSON, that is what the schema allows. */
  static TypedLine enterOn(UnaryOperator<Module> platform, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = console(out, err);
    int exitCode =
        CommandDispatcher.run(console, shown -> platform.apply(platform(shown)), arguments);
    if (List.of(arguments).contains("--json")) {
      OutputSchema.assertAllows(out.toString());
    }
    return new TypedLine(exitCode, out.toString(), err.toString());
  }

  /**
   * Executes a command that is not one of {@code alexnet}'s, with the same handling of failures.
   */
  public static TypedLine execute(Function<Console, ?> command, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console = console(out, err);
    ExitCodes exitCodes = new ExitCodes(console, failure -> {});
    CommandLine commandLine =
        new CommandLine(command.apply(console))
            .setExecutionStrategy(
                parsed -> {
                  UsageProblems.refuse(parsed);
                  return new CommandLine.RunLast().execute(parsed);
                })
            .setParameterExceptionHandler(
                (exception, typed) -> exitCodes.afterUsage(exception.getMessage()))
            .setExecutionExceptionHandler(
                (exception, executed, parsed) -> exitCodes.afterThrown(exception));
    int exitCode = CommandLines.of(commandLine).execute(arguments);
    return new TypedLine(exitCode, out.toString(), err.toString());
  }

  /** The injector of the whole program. */
  public static Injector injector() {
    return Composition.of(platform(console(new StringWriter(), new StringWriter())), List.of());
  }

  /** Creates commands. */
  public static IFactory factory(Injector injector) {
    return new GuiceFactory(injector);
  }

  private static PlatformModule platform(Console console) {
    return new PlatformModule(console, CLOCK, new Termination());
  }

  /** A console that is not a terminal, with a clock that stands still. */
  public static Console console(StringWriter out, StringWriter err) {
    return new Console(
        new PrintWriter(out, true), new PrintWriter(err, true), false, () -> 80, () -> 0);
  }
}
