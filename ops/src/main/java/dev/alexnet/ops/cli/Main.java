package dev.alexnet.ops.cli;

import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.process.Termination;
import java.time.Clock;
import java.util.Locale;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Some languages have digits of their own, which neither messages nor files should depend on.
    Locale.setDefault(Locale.ROOT);
    Console console = Console.standard();
    Termination termination =
        Termination.ofProcess(
            () ->
                console.note(
                    "alexnet: stopped by a signal before the end; what was committed stays, and the"
                        + " same command goes on from there"));
    PlatformModule platform = new PlatformModule(console, Clock.systemUTC(), termination);
    termination.exit(FrontDoor.enter(console, platform, arguments));
  }
}
