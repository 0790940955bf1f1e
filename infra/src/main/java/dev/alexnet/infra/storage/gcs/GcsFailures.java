package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.DamagedTransferException;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** Maps errors of Cloud Storage to failures that an operator can act on. */
final class GcsFailures {
  private final String host;
  private final GcsAccount account;

  GcsFailures(String host, GcsAccount account) {
    this.host = host;
    this.account = account;
  }

  /** How often and for how long a request was tried. */
  record Tries(int count, Duration time) {
    @Override
    public String toString() {
      return count == 1
          ? "once"
          : count + " times in " + Math.max(1, Math.round(time.toMillis() / 1000.0)) + " s";
    }
  }

  Failure of(String action, Location location, IOException cause, Tries tries) {
    if (cause instanceof CredentialsException) {
      return credentials(action, location, cause);
    }
    SourceException source = SourceException.in(cause);
    if (source != null) {
      return Failure.inputOutput("read", "what is sent to " + location, source.error());
    }
    return switch (Trouble.of(cause)) {
      case UNREACHABLE -> unreachable(action, location, cause, tries);
      case UNAVAILABLE -> unavailable(action, location, cause, tries);
      case REFUSED -> refused(action, location, cause);
    };
  }

  /** What the user is told while a service does not respond. */
  String silence(String action, Location location, String lastError, Duration longest) {
    return "No useful response from %s for %d s while trying to %s %s: %s. Trying until there was none for %d s; then the run ends, and the same command continues it"
        .formatted(
            host,
            SilenceWatch.PATIENCE.toSeconds(),
            action,
            location,
            lastError,
            longest.toSeconds());
  }

  private Failure refused(String action, Location location, IOException cause) {
    return switch (Trouble.status(cause)) {
      case 404 -> missing(action, location, cause);
      case 401 -> credentials(action, location, cause);
      case 403 ->
          failure(
              Failure.Kind.PERMISSION,
              action,
              location,
              ErrorText.of(cause)
                  + where(location)
                  + (account.isNobody() ? "; " + logIn() : "; " + askForRole()),
              cause);
      case 412 -> WriteCondition.refused(action, location);
      default ->
          failure(
              Failure.Kind.REMOTE,
              action,
              location,
              ErrorText.isOfRequesterPays(cause)
                  ? "the bucket makes its readers pay, which this program does not offer; use a"
                      + " bucket whose owner pays"
                  : "the service refused with "
                      + ErrorText.of(cause)
                      + where(location)
                      + "; check the name and the settings of the bucket",
              cause);
    };
  }

  private Failure unavailable(String action, Location location, IOException cause, Tries tries) {
    int status = Trouble.status(cause);
    return failure(
        Failure.Kind.REMOTE,
        action,
        location,
        (status > 0 ? "the service responds with " : "the connection fails: ")
            + ErrorText.of(cause)
            + ", tried "
            + tries
            + where(location)
            + (status == 429 ? "; let fewer machines work on this bucket, or run" : "; run")
            + " the same command again later",
        cause);
  }

  private Failure unreachable(String action, Location location, IOException cause, Tries tries) {
    String what =
        cause instanceof UnknownHostException
            ? "the host " + host + " is unknown"
            : cause instanceof ConnectException || cause instanceof SocketTimeoutException
                ? "the host " + host + " accepts no connection (" + ErrorText.of(cause) + ")"
                : "no safe connection to " + host + " can be made (" + ErrorText.of(cause) + ")";
    return failure(
        Failure.Kind.REMOTE,
        action,
        location,
        what
            + ", tried "
            + tries
            + where(location)
            + "; check the network, its DNS, proxy and firewall, and STORAGE_EMULATOR_HOST",
        cause);
  }

  private Failure credentials(String action, Location location, IOException cause) {
    return failure(
        Failure.Kind.PERMISSION,
        action,
        location,
        (account.isNobody() ? "no credentials were found" : "no valid credentials")
            + " ("
            + ErrorText.of(cause)
            + ")"
            + where(location)
            + "; "
            + logIn(),
        cause);
  }

  private static String logIn() {
    return "run 'gcloud auth application-default login', set GOOGLE_APPLICATION_CREDENTIALS, or run"
        + " as a service account";
  }

  private static String askForRole() {
    return "ask for a role on the bucket that allows it. A role that was granted less than five"
        + " minutes ago may not have taken effect yet";
  }

  private String where(Location location) {
    return " (bucket " + location.bucket() + " at " + host + ", " + account.inWords() + ")";
  }

  private Failure missing(String action, Location location, IOException cause) {
    if (action.equals("read") && !ErrorText.isOfBucket(cause)) {
      return missing(action, location);
    }
    return failure(
        Failure.Kind.INPUT_MISSING,
        action,
        location,
        "the bucket "
            + location.bucket()
            + " does not exist at "
            + host
            + "; check its name, or create it",
        cause);
  }

  Failure missing(String action, Location location) {
    return failure(
        Failure.Kind.INPUT_MISSING,
        action,
        location,
        "it does not exist; check the name and the bucket " + location.bucket(),
        null);
  }

  /** The failure of a reader whose generation is gone. */
  Failure replaced(Location location, long generation) {
    return failure(
        Failure.Kind.INPUT_MISSING,
        "read",
        location,
        "it does not exist any more as generation "
            + generation
            + ": it was replaced or deleted while it was in use; run the same command again",
        null);
  }

  /** The failure of a reader who got the same wrong bytes several times. */
  Failure damaged(Location location, long generation, int reads) {
    return failure(
        Failure.Kind.BAD_DATA,
        "read",
        location,
        "the stored object's checksum does not match its bytes (CRC-32C of generation "
            + generation
            + ", read "
            + reads
            + " times); restore it from its source, or delete it and make it again",
        null);
  }

  /** The failure of a reader who used bytes that turn out to be others than those stored. */
  Failure changedOnTheWay(Location location, long generation) {
    String what =
        "its bytes were changed on their way here (CRC-32C of generation "
            + generation
            + "); run the same command again";
    return new Failure(
        Failure.Kind.REMOTE,
        "Cannot read " + location + ": " + what,
        new DamagedTransferException(what));
  }

  Failure of(Failure.Kind kind, String action, Location location, String what) {
    return failure(kind, action, location, what, null);
  }

  private static Failure failure(
      Failure.Kind kind, String action, Location location, String what, IOException cause) {
    return new Failure(kind, "Cannot " + action + " " + location + ": " + what, cause);
  }
}
