package dev.alexnet.ops.cli;

import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.process.Termination;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;

/** A command line of {@code alexnet} that was run in this process. */
public record EnteredCommand(int exitCode, String out, String err) {
  public static EnteredCommand enter(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(
            new PrintWriter(out, true), new PrintWriter(err, true), false, () -> 80, () -> 0);
    int exitCode =
        CommandDispatcher.run(
            console,
            shown -> new PlatformModule(shown, Clock.systemUTC(), new Termination()),
            arguments);
    return new EnteredCommand(exitCode, out.toString(), err.toString());
  }
}
