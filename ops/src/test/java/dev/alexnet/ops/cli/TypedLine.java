package dev.alexnet.ops.cli;

import dev.alexnet.ops.console.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What came of a command line: exit code, standard output and standard error. */
record TypedLine(int exitCode, String out, String err) {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  static TypedLine enter(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = FrontDoor.enter(console(out, err), CLOCK, new Termination(), arguments);
    return new TypedLine(exitCode, out.toString(), err.toString());
  }

  /** A console that is no terminal, whose time stands still. */
  static Console console(StringWriter out, StringWriter err) {
    return new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, 80, () -> 0);
  }
}
