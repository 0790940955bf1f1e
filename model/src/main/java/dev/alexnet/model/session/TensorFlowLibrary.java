package dev.alexnet.model.session;

import org.tensorflow.TensorFlow;

/** TensorFlow's native library, which a process can load only once. */
public final class TensorFlowLibrary {
  private TensorFlowLibrary() {}

  /**
   * Loads the library, unless it is loaded, also for a thread that is interrupted. An engine
   * interrupts the threads of a job that failed or was cancelled. If such a thread is just loading,
   * the locking of the unpacked files fails, and with it each later use of TensorFlow in this
   * process, which on a cluster works for other jobs. So a thread that nobody interrupts loads.
   */
  public static void load() {
    Thread loader = new Thread(TensorFlowLibrary::loadHere, "load TensorFlow");
    loader.setContextClassLoader(TensorFlowLibrary.class.getClassLoader());
    loader.start();
    boolean interrupted = false;
    while (loader.isAlive()) {
      try {
        loader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void loadHere() {
    try {
      TensorFlow.version();
    } catch (LinkageError e) {
      // The next use of TensorFlow says so, in a thread that somebody listens to.
    }
  }
}
