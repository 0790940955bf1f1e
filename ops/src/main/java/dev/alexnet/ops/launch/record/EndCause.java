package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an attempt ended. */
public enum EndCause {
  @JsonProperty("succeeded")
  SUCCEEDED,
  /** The service refused the job, or nobody submitted it. */
  @JsonProperty("not_submitted")
  NOT_SUBMITTED,
  /** The machine was taken back, as Spot machines are. */
  @JsonProperty("preempted")
  PREEMPTED,
  /** The machine failed, or the program asked to be run again after a commit. */
  @JsonProperty("retryable")
  RETRYABLE,
  /** No machine was to be had within the longest wait. */
  @JsonProperty("no_capacity")
  NO_CAPACITY,
  /** A quota does not allow the machine. */
  @JsonProperty("quota")
  QUOTA,
  /** The image is not in the repository. */
  @JsonProperty("image_missing")
  IMAGE_MISSING,
  /** An account may not do what the job needs. */
  @JsonProperty("permission")
  PERMISSION,
  /** The training produced a value that is not finite. */
  @JsonProperty("diverged")
  DIVERGED,
  /** The program refused its settings, or they do not match the data. */
  @JsonProperty("settings")
  SETTINGS,
  /** The program failed with another one of its exit codes. */
  @JsonProperty("program_failed")
  PROGRAM_FAILED,
  /** The task reached the longest duration that it was given. */
  @JsonProperty("time_limit")
  TIME_LIMIT,
  /** Somebody cancelled or deleted the job. */
  @JsonProperty("cancelled")
  CANCELLED,
  /** The service gave the job up before a task ran. */
  @JsonProperty("failed_without_tasks")
  FAILED_WITHOUT_TASKS,
  /** The task failed in a way that this program does not know. */
  @JsonProperty("unknown")
  UNKNOWN
}
