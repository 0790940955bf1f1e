package dev.alexnet.infra.testing.batch;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * What goes wrong with one request.
 *
 * @param status with which it is answered
 * @param reason Google's name for it, such as {@code SERVICE_DISABLED}; empty for none
 * @param takesEffect whether the request has its effect nevertheless
 */
public record BatchFault(Status status, String reason, boolean takesEffect) {

  /** Refused, without an effect. */
  public static BatchFault of(Status status) {
    return new BatchFault(status, "", false);
  }

  /** The same, but the request takes effect and only its answer is lost. */
  public BatchFault afterItsEffect() {
    return new BatchFault(status, reason, true);
  }

  public BatchFault because(String googlesName) {
    return new BatchFault(status, googlesName, takesEffect);
  }

  StatusRuntimeException exception() {
    com.google.rpc.Status.Builder answer =
        com.google.rpc.Status.newBuilder()
            .setCode(status.getCode().value())
            .setMessage(status.getDescription() == null ? "" : status.getDescription());
    if (!reason.isEmpty()) {
      answer.addDetails(
          Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain("googleapis.com").build()));
    }
    return StatusProto.toStatusRuntimeException(answer.build());
  }
}
