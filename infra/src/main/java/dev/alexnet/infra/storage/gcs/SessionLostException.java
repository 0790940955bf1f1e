package dev.alexnet.infra.storage.gcs;

import java.io.IOException;

/** The service has forgotten a resumable upload, which must start again. */
final class SessionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  SessionLostException(IOException cause) {
    super("the service has forgotten the upload (" + ErrorText.of(cause) + ")", cause);
  }
}
