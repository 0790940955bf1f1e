package dev.alexnet.ops.launch.record;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an attempt ended.
 *
 * @param exitCode of the task, by the program or by the service; null if none is known
 * @param detail what the service or the program said of it; may be empty
 */
public record AttemptEnd(
    @JsonProperty("cause") EndCause cause,
    @JsonProperty("exit_code") Integer exitCode,
    @JsonProperty("detail") String detail) {
  public AttemptEnd {
    requireNonNull(cause, "cause is null");
    requireNonNull(detail, "detail is null");
  }

  public static AttemptEnd of(EndCause cause, String detail) {
    return new AttemptEnd(cause, null, detail);
  }

  public static AttemptEnd of(EndCause cause, int exitCode, String detail) {
    return new AttemptEnd(cause, exitCode, detail);
  }

  /** The same, with what the program itself said of it. */
  public AttemptEnd withDetail(String said) {
    return new AttemptEnd(cause, exitCode, said);
  }
}
