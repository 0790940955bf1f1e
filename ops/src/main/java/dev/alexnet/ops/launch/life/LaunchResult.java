package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.ops.launch.record.LaunchRecord;

/** A run as a command left it. */
public record LaunchResult(How how, LaunchRecord record) {
  public LaunchResult {
    requireNonNull(how, "how is null");
    requireNonNull(record, "record is null");
  }

  /** How the command ended. */
  public enum How {
    /** The run has succeeded, now or before. */
    SUCCEEDED,
    /** The run goes on by itself. */
    DETACHED,
    /** The job was cancelled, because the command was interrupted. */
    CANCELLED,
    /** Nothing was submitted, because there was no consent to it. */
    DECLINED
  }
}
