package dev.alexnet.ops.cli;

import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.NativeMessages;
import dev.alexnet.ops.process.Termination;
import java.time.Clock;
import java.util.Locale;

/** The entry point of the process. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Some locales have their own digits. Messages and files must not depend on them.
    Locale.setDefault(Locale.ROOT);
    Console console = Console.standard();
    Termination termination =
        Termination.ofProcess(
            () -> {
              console.note(
                  "alexnet: stopped by a signal before the end. The same command continues after anything that it had committed");
              NativeMessages.dropUnlessExplaining(0);
            });
    int exitCode =
        CommandDispatcher.run(
            console, shown -> new PlatformModule(shown, Clock.systemUTC(), termination), arguments);
    NativeMessages.dropUnlessExplaining(exitCode);
    termination.exit(exitCode);
  }
}
