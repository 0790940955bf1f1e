package dev.alexnet.ops.doctor;

/** A request to one of Google's APIs that did not bring what was asked for. */
final class CloudException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cause kind;
  private final String service;
  private final int status;
  private final String reason;

  /** What stopped a request. */
  enum Cause {
    /** No answer came. */
    UNREACHABLE,
    /** There are no credentials, or they are not valid any more. */
    UNAUTHENTICATED,
    /** The service answered with an error. */
    REFUSED,
    /** An answer came that is not one of Google's APIs. */
    FOREIGN
  }

  private CloudException(Cause kind, String service, int status, String reason, String message) {
    super(message.strip().replaceAll("\\s+", " "));
    this.kind = kind;
    this.service = service;
    this.status = status;
    this.reason = reason;
  }

  static CloudException unreachable(String service, String message) {
    return new CloudException(Cause.UNREACHABLE, service, 0, "", message);
  }

  static CloudException unauthenticated(String service, String message) {
    return new CloudException(Cause.UNAUTHENTICATED, service, 0, "", message);
  }

  /**
   * @param reason Google's name for it, such as {@code SERVICE_DISABLED}; empty where none is given
   */
  static CloudException refused(String service, int status, String reason, String message) {
    return new CloudException(Cause.REFUSED, service, status, reason, message);
  }

  static CloudException foreign(String service, int status) {
    return new CloudException(Cause.FOREIGN, service, status, "", "not an answer of an API");
  }

  Cause kind() {
    return kind;
  }

  /** The API's name, which is its host's too: {@code compute.googleapis.com}. */
  String service() {
    return service;
  }

  /** Of the answer; 0 where none came. */
  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  /** Whether every further request would end in the same way. */
  boolean endsChecks() {
    return kind == Cause.UNREACHABLE || kind == Cause.UNAUTHENTICATED;
  }
}
