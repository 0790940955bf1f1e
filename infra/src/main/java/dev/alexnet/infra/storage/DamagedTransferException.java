package dev.alexnet.infra.storage;

/**
 * The cause of a failure whose object is intact: its bytes were changed on their way here, and
 * whoever used them must read them again.
 */
public final class DamagedTransferException extends Exception {
  private static final long serialVersionUID = 1L;

  public DamagedTransferException(String message) {
    super(message);
  }

  /** Whether it is among the causes, because runners wrap what a transform throws. */
  public static boolean isCauseOf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DamagedTransferException) {
        return true;
      }
    }
    return false;
  }
}
