package dev.alexnet.tests.cluster;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another main class, and ends with the process that started it: a test that is killed closes
 * nothing, but its end closes the pipe to standard input. What this process has started ends, too.
 */
final class BoundMain {
  private BoundMain() {}

  /**
   * @param arguments the main class and its arguments
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread watch = new Thread(BoundMain::endWithTheInput, "parent");
    watch.setDaemon(true);
    watch.start();
    Class.forName(arguments[0])
        .getMethod("main", String[].class)
        .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void endWithTheInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody writes.
      }
    } catch (IOException e) {
      // The pipe is broken.
    }
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(1);
  }
}
