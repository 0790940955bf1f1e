package dev.alexnet.infra.storage.gcs;

import java.io.IOException;

/** The local file that is sent cannot be read: no error of the service, to which it passes. */
final class SourceException extends IOException {
  private static final long serialVersionUID = 1L;

  SourceException(IOException cause) {
    super(cause);
  }

  /** The one among the causes, because HTTP clients wrap what a body throws; or null. */
  static SourceException in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SourceException source) {
        return source;
      }
    }
    return null;
  }

  IOException error() {
    return (IOException) getCause();
  }
}
