package dev.alexnet.pipelines.tar;

import java.io.IOException;

/** A tar archive is malformed; the message says what is wrong. */
final class DamagedTarException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedTarException(String message) {
    super(message);
  }

  DamagedTarException(String message, Throwable cause) {
    super(message, cause);
  }
}
