package dev.alexnet.ops.process;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * The wish that the process ends, as SIGTERM and SIGINT express it. Work that heeds it ends by
 * itself, and its exit code is the process's; other work is cut off, as Java does.
 */
public final class Termination {
  private final CountDownLatch ended = new CountDownLatch(1);
  private Runnable whenCutOff = () -> {};
  private volatile boolean requested;
  private volatile boolean heeded;
  private volatile int exitCode;

  /**
   * Listens to the signals of this process.
   *
   * @param whenCutOff done where work is cut off that does not heed the wish
   */
  public static Termination ofProcess(Runnable whenCutOff) {
    Termination termination = new Termination();
    termination.whenCutOff = whenCutOff;
    Runtime.getRuntime().addShutdownHook(new Thread(termination::request, "termination"));
    return termination;
  }

  private void request() {
    requested = true;
    if (!heeded) {
      // The process may also end because its work is done.
      if (ended.getCount() > 0) {
        whenCutOff.run();
      }
      return;
    }
    try {
      ended.await();
      Runtime.getRuntime().halt(exitCode);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isRequested() {
    return requested;
  }

  /** Does work that looks at {@link #isRequested} and ends soon where it is true. */
  public <T> T heededBy(Supplier<T> work) {
    heeded = true;
    try {
      return work.get();
    } finally {
      heeded = false;
    }
  }

  /** Ends the process. Runners leave threads behind that would keep it alive. */
  public void exit(int code) {
    exitCode = code;
    ended.countDown();
    System.exit(code);
  }
}
