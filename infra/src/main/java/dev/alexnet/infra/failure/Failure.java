package dev.alexnet.infra.failure;

import static java.util.Objects.requireNonNull;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Ends a run for a reason that its operator can act on. The message says what is wrong, where
 * (file, offset, key), why, and what to do; {@link #kind()} decides the exit code.
 *
 * <p>Anything else that a command throws is a bug in this system and exits with {@link Kind#BUG}.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String problem;

  public Failure(Kind kind, String message) {
    this(kind, message, null);
  }

  public Failure(Kind kind, String message, Throwable cause) {
    this(kind, requireNonNull(message, "message is null"), "", cause);
  }

  private Failure(Kind kind, String problem, String advice, Throwable cause) {
    super(problem + advice, cause);
    this.kind = requireNonNull(kind, "kind is null");
    this.problem = problem;
  }

  /**
   * A failure whose advice holds only for the command alone, not for a job of which it is a step.
   *
   * @param problem without a full stop
   * @param advice what to do, as a sentence without a full stop
   */
  public static Failure advising(Kind kind, String problem, String advice) {
    return new Failure(kind, problem, ". " + advice, null);
  }

  /**
   * The failure of a read, a write or the like.
   *
   * @param action what could not be done, such as {@code read}
   * @param place the file or directory
   */
  public static Failure inputOutput(String action, Object place, Throwable cause) {
    return new Failure(
        Kind.INPUT_OUTPUT,
        "Cannot %s %s: %s; check the disk%s, then run the same command again"
            .formatted(
                action,
                place,
                inWords(cause),
                action.startsWith("write") ? " and its free space" : ""),
        cause);
  }

  private static String inWords(Throwable cause) {
    if (cause instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "this user has no permission";
    }
    String reason =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return reason == null || reason.isBlank() ? cause.getClass().getSimpleName() : reason;
  }

  public Kind kind() {
    return kind;
  }

  /** The message without advice that holds only for the command alone. */
  public String problem() {
    return problem;
  }

  /** One line from which {@link FailureText} reads kind and message again. */
  // Stack traces print this; the message is for people.
  @SuppressWarnings("OverrideThrowableToString")
  @Override
  public String toString() {
    return FailureText.of(kind, getMessage());
  }

  /**
   * Finds the failure in a chain of causes, because runners wrap what a transform throws.
   *
   * @return the outermost failure in the chain, or null if there is none
   */
  public static Failure in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
    }
    return null;
  }

  /** Why a command stopped, with its exit code (after BSD's sysexits), and what that means. */
  public enum Kind {
    USAGE(64, "usage or settings are wrong"),
    BAD_DATA(65, "damaged data, more bad data than allowed, or images that two datasets share"),
    INPUT_MISSING(66, "input missing"),
    BUG(70, "a bug"),
    OUTPUT_EXISTS(73, "the output exists with other content, or another run is using it"),
    /** A full disk, a broken device. */
    INPUT_OUTPUT(74, "input or output failed, or a disk does not answer"),
    /** After a commit: run the same command again. */
    INTERRUPTED(75, "stopped, with finished work kept"),
    REMOTE(76, "a remote service refused after retries"),
    PERMISSION(77, "permission missing"),
    MISMATCH(78, "settings or environment do not match the data or the memory"),
    NOT_FINITE(79, "the loss exploded, or a weight is not finite"),
    DEVICE(
        80,
        "a device is missing, fails during a training, does not answer, or computes an operation wrongly in every form");

    private final int exitCode;
    private final String meaning;

    Kind(int exitCode, String meaning) {
      this.exitCode = exitCode;
      this.meaning = meaning;
    }

    public int exitCode() {
      return exitCode;
    }

    /** What the exit code means, as docs/operating.md says it. */
    public String meaning() {
      return meaning;
    }

    /** The kind with which another process of this program ended; empty if it has none. */
    public static Optional<Kind> ofExitCode(int exitCode) {
      return Arrays.stream(values()).filter(kind -> kind.exitCode == exitCode).findFirst();
    }
  }
}
