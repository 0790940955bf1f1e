package dev.alexnet.ops.cli;

import dev.alexnet.ops.console.Console;
import java.time.Clock;

/** Where the process starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Termination termination = Termination.ofProcess();
    termination.exit(
        FrontDoor.enter(Console.standard(), Clock.systemUTC(), termination, arguments));
  }
}
