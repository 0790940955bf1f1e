package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.record.LaunchRecord;

/**
 * What was asked for.
 *
 * @param asked the record of the run, without attempts
 * @param jobFile its bytes; not copied
 * @param detach whether to return after the submission
 * @param cancelOnInterrupt whether an interruption cancels the job, rather than leaving it alone
 * @param consent is asked before an attempt is submitted; not again when that attempt is repeated
 */
@SuppressWarnings("ArrayRecordComponent")
public record LaunchOrder(
    LaunchRecord asked,
    byte[] jobFile,
    boolean detach,
    boolean cancelOnInterrupt,
    Consent consent) {
  public LaunchOrder {
    requireNonNull(asked, "asked is null");
    requireNonNull(jobFile, "jobFile is null");
    requireNonNull(consent, "consent is null");
  }
}
