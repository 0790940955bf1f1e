package dev.alexnet.pipelines.engine;

import java.time.Duration;
import java.util.function.Supplier;

/** A request to stop, which whoever waits for an engine heeds. */
public interface Interruption {
  /** For a wait that nobody interrupts. */
  Interruption NEVER = new NoInterruption();

  boolean isRequested();

  /**
   * Waits for a request.
   *
   * @return whether there is one, at the latest after the given time
   */
  boolean await(Duration most);

  /**
   * Runs work that looks at {@link #isRequested} and stops soon after it becomes true. Without
   * this, a request ends the process at once.
   */
  <T> T heededBy(Supplier<T> work);
}
