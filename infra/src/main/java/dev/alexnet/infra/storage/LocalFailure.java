package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Maps errors of the local file system to failures that an operator can act on. */
public final class LocalFailure {
  private LocalFailure() {}

  /**
   * @param action what could not be done, such as {@code read}
   */
  public static Failure of(String action, Location location, IOException cause) {
    String what = "Cannot " + action + " " + location + ": ";
    if (cause instanceof NoSuchFileException) {
      return new Failure(
          Failure.Kind.INPUT_MISSING, what + "it does not exist; check the name", cause);
    }
    if (cause instanceof AccessDeniedException) {
      return new Failure(
          Failure.Kind.PERMISSION,
          what + "this user has no permission; change the owner or the mode",
          cause);
    }
    return Failure.inputOutput(action, location, cause);
  }
}
