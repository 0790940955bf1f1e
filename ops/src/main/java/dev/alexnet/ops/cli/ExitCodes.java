package dev.alexnet.ops.cli;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.Console;

/** Prints why a command failed to standard error, and gives the exit code. */
final class ExitCodes {
  private final Console console;

  ExitCodes(Console console) {
    this.console = console;
  }

  int afterUsage(String message) {
    return end(Failure.Kind.USAGE, message);
  }

  /** A result that did not reach standard output is a failure, although its writer never throws. */
  int afterResult() {
    return console.out().checkError()
        ? end(
            Failure.Kind.INPUT_OUTPUT,
            "The result could not be written to standard output. The disk may be full, or the program that reads it has ended; the work itself is done")
        : 0;
  }

  int afterThrown(Throwable thrown) {
    Failure failure = Failure.in(thrown);
    if (failure != null) {
      return end(failure.kind(), failure.getMessage());
    }
    int code = end(Failure.Kind.BUG, "this is a bug; please report it with the stack trace below");
    thrown.printStackTrace(console.err());
    return code;
  }

  private int end(Failure.Kind kind, String message) {
    console.err().println("alexnet: " + message);
    console.err().flush();
    return kind.exitCode();
  }
}
