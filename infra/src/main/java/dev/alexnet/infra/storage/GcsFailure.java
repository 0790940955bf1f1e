package dev.alexnet.infra.storage;

import com.google.cloud.storage.StorageException;
import dev.alexnet.infra.failure.Failure;

/** Maps Cloud Storage errors to failures that an operator can act on. */
final class GcsFailure {
  private GcsFailure() {}

  static Failure of(String action, Location location, StorageException cause) {
    String what = "Cannot " + action + " " + location + ": ";
    return switch (cause.getCode()) {
      case 404 -> missing(action, location);
      case 401 ->
          new Failure(
              Failure.Kind.PERMISSION,
              what
                  + "no valid credentials ("
                  + cause.getMessage()
                  + "); run 'gcloud auth application-default login' or run as a service account",
              cause);
      case 403 ->
          new Failure(
              Failure.Kind.PERMISSION,
              what
                  + cause.getMessage()
                  + "; ask for a role on the bucket that allows it. A role that was granted "
                  + "less than five minutes ago may not have taken effect yet",
              cause);
      case 412 ->
          new Failure(
              Failure.Kind.OUTPUT_EXISTS,
              what
                  + "another writer changed it at the same time; let only one run write there, then"
                  + " run the same command again",
              cause);
      default ->
          new Failure(
              Failure.Kind.REMOTE,
              what
                  + "the service refused, after retries, with "
                  + cause.getCode()
                  + " "
                  + cause.getMessage()
                  + "; run the same command again later",
              cause);
    };
  }

  static Failure missing(String action, Location location) {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "Cannot "
            + action
            + " "
            + location
            + ": it does not exist; check the name and the bucket "
            + location.bucket());
  }
}
