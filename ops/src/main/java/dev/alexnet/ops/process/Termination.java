package dev.alexnet.ops.process;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.pipelines.engine.Interruption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A request to stop the process, by SIGTERM or SIGINT. Work that heeds it stops by itself and
 * determines the exit code; other work is cut off at once.
 */
public final class Termination implements Interruption {
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private Runnable whenCutOff = () -> {};
  private volatile boolean heeded;
  private volatile boolean resumable;
  private volatile int exitCode;

  /**
   * Listens to the signals of this process.
   *
   * @param whenCutOff run if work that does not heed the request is cut off
   */
  public static Termination ofProcess(Runnable whenCutOff) {
    Termination termination = new Termination();
    termination.whenCutOff = whenCutOff;
    Runtime.getRuntime().addShutdownHook(new Thread(termination::request, "termination"));
    return termination;
  }

  private void request() {
    requested.countDown();
    if (!heeded) {
      // This hook also runs when the process ends because its work is done.
      if (ended.getCount() > 0) {
        whenCutOff.run();
        if (resumable) {
          // Otherwise the exit code would be that of the signal.
          Runtime.getRuntime().halt(Failure.Kind.INTERRUPTED.exitCode());
        }
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

  @Override
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  @Override
  public boolean await(Duration most) {
    try {
      return requested.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return isRequested();
    }
  }

  @Override
  public <T> T heededBy(Supplier<T> work) {
    heeded = true;
    try {
      return work.get();
    } finally {
      heeded = false;
    }
  }

  /** Lets a signal end the process during work that cannot heed it, such as a question. */
  public <T> T unheededBy(Supplier<T> work) {
    boolean before = heeded;
    heeded = false;
    try {
      return work.get();
    } finally {
      heeded = before;
    }
  }

  /**
   * Does work that keeps what is finished, and goes on from there when it is done again. If it is
   * cut off, the process exits as work does that heeds the request.
   */
  public <T> T resumedAfter(Supplier<T> work) {
    resumable = true;
    try {
      return work.get();
    } finally {
      resumable = false;
    }
  }

  /** Ends the process. Runners leave threads behind that would keep it alive. */
  public void exit(int code) {
    exitCode = code;
    ended.countDown();
    System.exit(code);
  }
}
