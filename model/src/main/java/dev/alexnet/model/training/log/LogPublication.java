package dev.alexnet.model.training.log;

/** Brings the logs of a training to where they belong, beside the training. */
public interface LogPublication {
  /** For a training whose logs are written where they belong. */
  LogPublication NONE =
      new LogPublication() {
        @Override
        public boolean isDue() {
          return false;
        }

        @Override
        public Runnable ofNow() {
          return () -> {};
        }
      };

  /** Whether the last publication was prepared long enough ago. */
  boolean isDue();

  /**
   * Prepares the publication of what is logged up to now; called by the thread that logs, so that
   * no half line is published.
   *
   * @return publishes it, in any thread; throws a failure if that is not possible
   */
  Runnable ofNow();
}
