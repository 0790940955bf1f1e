package dev.alexnet.ops.cli;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.parsing.FailureFacts;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Prints why a command failed to standard error, tells it to programs that read standard output,
 * and gives the exit code.
 */
final class ExitCodes {
  private final Console console;
  private final Consumer<Map<String, Object>> programs;

  /**
   * @param programs is told of the failure, in the names and values of JSON
   */
  ExitCodes(Console console, Consumer<Map<String, Object>> programs) {
    this.console = console;
    this.programs = programs;
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
    console.failure(message);
    programs.accept(FailureFacts.of(kind, message));
    return kind.exitCode();
  }
}
