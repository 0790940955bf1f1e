package dev.alexnet.ops.cli;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.parsing.FailureFacts;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Prints why a command failed to standard error, and gives the exit code. If a program reads
 * standard output, and the command has written nothing there, the failure is written there too.
 */
final class ExitCodes {
  private final Console console;
  private final BooleanSupplier isErrorWanted;

  /**
   * @param isErrorWanted whether the failure is written to standard output as JSON
   */
  ExitCodes(Console console, BooleanSupplier isErrorWanted) {
    this.console = console;
    this.isErrorWanted = isErrorWanted;
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
    if (isErrorWanted.getAsBoolean()) {
      console.out().println(Json.result(Map.of("error", FailureFacts.of(kind, message))));
    }
    return kind.exitCode();
  }
}
