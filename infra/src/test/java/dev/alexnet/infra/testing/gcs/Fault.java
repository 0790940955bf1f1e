package dev.alexnet.infra.testing.gcs;

import static dev.alexnet.infra.testing.gcs.RequestKind.MEDIA;
import static dev.alexnet.infra.testing.gcs.RequestKind.UPLOAD;
import static dev.alexnet.infra.testing.gcs.RequestKind.UPLOAD_CHUNK;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/** What can go wrong with one request. */
public enum Fault {
  BAD_REQUEST(400),
  UNAUTHORIZED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  REQUEST_TIMEOUT(408),
  GONE(410),
  PRECONDITION_FAILED(412),
  TOO_MANY_REQUESTS(429),
  INTERNAL_ERROR(500),
  BAD_GATEWAY(502),
  UNAVAILABLE(503),
  GATEWAY_TIMEOUT(504),

  /** The connection breaks before the request takes effect. */
  RESET_BEFORE,
  /** The request takes effect, then the connection breaks without a response. */
  RESET_AFTER,
  /** The request takes effect, but the response is 503. */
  UNAVAILABLE_AFTER,
  /** Content-Length promises more than is sent before the connection breaks. */
  SHORT_BODY,
  /** One bit in the middle of the content that is sent is wrong. */
  FLIPPED_BIT,
  /** One bit of the first byte of the content that is received becomes wrong; its name stays. */
  FLIPPED_UPLOAD,
  /** The CRC-32C that the response states is wrong. */
  WRONG_CHECKSUM,
  /** Nothing happens for the time that the script states; then the request takes effect. */
  STALL,
  /** Only a part of a chunk is stored, as the response says (308 with a smaller range). */
  PARTIAL_CHUNK;

  private final int status;

  Fault() {
    this(0);
  }

  Fault(int status) {
    this.status = status;
  }

  /** The fault that refuses a request with this status and has no effect. */
  public static Fault ofStatus(int status) {
    Optional<Fault> fault =
        Arrays.stream(values()).filter(value -> value.status == status && status > 0).findFirst();
    return fault.orElseThrow(
        () -> new IllegalArgumentException("No fault has the status " + status));
  }

  /** The status with which the request is refused; empty if the fault is of another sort. */
  OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  boolean canHappenTo(ApiRequest request) {
    return switch (this) {
      case FLIPPED_BIT -> request.kind() == MEDIA;
      case FLIPPED_UPLOAD ->
          request.hasBody() && (request.kind() == UPLOAD || request.kind() == UPLOAD_CHUNK);
      case PARTIAL_CHUNK -> request.hasBody() && request.kind() == UPLOAD_CHUNK;
      default -> true;
    };
  }
}
