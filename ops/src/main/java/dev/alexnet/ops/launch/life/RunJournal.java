package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import dev.alexnet.ops.launch.record.LaunchRecordFile.Stored;
import java.util.Optional;

/** The record of a run as a terminal goes on with it, beside other terminals that may do so too. */
final class RunJournal {
  private final LaunchRecordFile file;
  private Stored stored;

  private RunJournal(LaunchRecordFile file, Stored stored) {
    this.file = file;
    this.stored = stored;
  }

  /**
   * Opens the record of a run.
   *
   * @throws Failure of kind INPUT_MISSING if the run was never launched, or its bucket is missing
   */
  static RunJournal open(LaunchRecordFile file) {
    return new RunJournal(file, read(file));
  }

  /** Opens the record of a run, or makes the one given. */
  static RunJournal openOrCreate(LaunchRecordFile file, LaunchRecord otherwise) {
    return new RunJournal(
        file, file.read().or(() -> file.create(otherwise)).orElseGet(() -> read(file)));
  }

  private static Stored read(LaunchRecordFile file) {
    return file.read().orElseThrow(() -> missing(file));
  }

  private static Failure missing(LaunchRecordFile file) {
    file.requireBucket();
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "This run was never launched: there is no "
            + file.location()
            + ". Check its name; 'alexnet status' lists the runs");
  }

  LaunchRecord record() {
    return stored.record();
  }

  /** Reads what other terminals may have written. */
  void readAgain() {
    stored = read(file);
  }

  /**
   * Writes a change.
   *
   * @return whether it was written; if not, another terminal was faster, and {@link #record} is now
   *     what it wrote
   */
  boolean write(LaunchRecord changed) {
    Optional<Stored> written = file.replace(stored, requireNonNull(changed, "changed is null"));
    stored = written.orElseGet(() -> read(file));
    return written.isPresent();
  }

  /** Writes another state of an attempt, unless it is the same. */
  boolean write(Attempt before, Attempt after) {
    return after.equals(before) || write(record().replacing(after));
  }
}
