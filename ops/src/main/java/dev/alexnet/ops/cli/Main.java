package dev.alexnet.ops.cli;

import dev.alexnet.ops.console.Console;
import java.time.Clock;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int exitCode = FrontDoor.enter(Console.standard(), Clock.systemUTC(), arguments);
    // Runners leave threads behind that would keep the process alive.
    System.exit(exitCode);
  }
}
