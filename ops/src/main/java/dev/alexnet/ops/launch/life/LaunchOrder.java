package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.ops.launch.record.LaunchRecord;

/**
 * What was asked for.
 *
 * @param asked the record of the run, without attempts
 * @param jobFile its bytes; not copied
 * @param detach whether to return after the submission
 * @param cancelOnInterrupt whether an interruption cancels the job, rather than leaving it alone
 */
@SuppressWarnings("ArrayRecordComponent")
public record LaunchOrder(
    LaunchRecord asked, byte[] jobFile, boolean detach, boolean cancelOnInterrupt) {
  public LaunchOrder {
    requireNonNull(asked, "asked is null");
    requireNonNull(jobFile, "jobFile is null");
  }
}
