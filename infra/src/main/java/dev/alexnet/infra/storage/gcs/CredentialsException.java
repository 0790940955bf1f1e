package dev.alexnet.infra.storage.gcs;

import com.google.auth.Retryable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** No access token could be had, so that the request was not sent. */
final class CredentialsException extends IOException {
  private static final long serialVersionUID = 1L;

  CredentialsException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether the next try may find what gives tokens in a better state. */
  boolean mayPass() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException
          || cause instanceof ConnectException
          || cause instanceof SocketTimeoutException
          || (cause instanceof Retryable passing && passing.isRetryable())) {
        return true;
      }
    }
    return false;
  }
}
