package dev.alexnet.ops.cli;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.Console;

/** Says on standard error why a command ended, and with which code. */
final class ExitCodes {
  private final Console console;

  ExitCodes(Console console) {
    this.console = console;
  }

  int afterUsage(String message) {
    return end(Failure.Kind.USAGE, message);
  }

  int afterThrown(Throwable thrown) {
    Failure failure = Failure.in(thrown);
    if (failure != null) {
      return end(failure.kind(), failure.getMessage());
    }
    int code = end(Failure.Kind.BUG, "this is a bug; please report it with what follows");
    thrown.printStackTrace(console.err());
    return code;
  }

  private int end(Failure.Kind kind, String message) {
    console.err().println("alexnet: " + message);
    console.err().flush();
    return kind.exitCode();
  }
}
