package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why this program asked for the cancellation of a job. */
public enum StopReason {
  /** It waited for a machine as long as it may. */
  @JsonProperty("queue_wait")
  QUEUE_WAIT,
  /** A quota can never allow the machine. */
  @JsonProperty("quota")
  QUOTA,
  /** Somebody asked for it. */
  @JsonProperty("user")
  USER
}
