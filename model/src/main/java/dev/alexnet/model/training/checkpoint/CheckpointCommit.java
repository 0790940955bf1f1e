package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code COMMIT.json}: what a checkpoint's directory contains, written last. See {@link
 * CheckpointState} for what it records of the training.
 *
 * @param schemaVersion {@link #SCHEMA_VERSION}
 * @param step how many steps are done
 * @param epoch the epoch that the next step belongs to, counted from 0
 * @param stepInEpoch how many of its steps are done
 * @param weightRate the learning rate of weights of the last step
 * @param biasRate the learning rate of biases of the last step
 * @param sinceLogged the results of the steps that are not in the log yet
 * @param plateau how the validation error has developed
 * @param validationTop1Error the share of the validation set, 0 to 1; null if it was not run after
 *     this step
 * @param settings everything that the training depends on, by name, including the hashes of the
 *     datasets
 * @param files every other file of the directory
 * @param sha256 of all of the above, in hexadecimal; empty before it is {@link #sealed}
 */
record CheckpointCommit(
    int schemaVersion,
    long step,
    long epoch,
    long stepInEpoch,
    double weightRate,
    double biasRate,
    BatchResult sinceLogged,
    PlateauState plateau,
    Double validationTop1Error,
    Map<String, String> settings,
    List<StoredFile> files,
    String sha256) {
  static final int SCHEMA_VERSION = 2;

  /** The file format. */
  private static final StoredFormat FORMAT =
      new StoredFormat(
          "checkpoint commit",
          "schemaVersion",
          SCHEMA_VERSION,
          "delete the checkpoint, or train into another --workdir");

  CheckpointCommit {
    new Problems("checkpoint commit")
        .require(schemaVersion == SCHEMA_VERSION, "schemaVersion is %s", schemaVersion)
        .require(step > 0, "step is %s", step)
        .require(sinceLogged != null, "sinceLogged is missing")
        .require(plateau != null, "plateau is missing")
        .require(settings != null, "settings is missing")
        .require(files != null && !files.isEmpty(), "there are no files")
        .require(
            files == null || files.stream().allMatch(StoredFile::isInDirectory),
            "a file is outside the checkpoint's directory")
        .require(sha256 != null, "sha256 is missing")
        .throwIfAny();
    settings = new TreeMap<>(settings);
    files = List.copyOf(files);
  }

  /** A commit that is not sealed yet. */
  static CheckpointCommit of(CheckpointState state, List<StoredFile> files) {
    return new CheckpointCommit(
        SCHEMA_VERSION,
        state.step(),
        state.epoch(),
        state.stepInEpoch(),
        state.rates().weights(),
        state.rates().biases(),
        state.sinceLogged(),
        state.plateau(),
        state.validationTop1Error(),
        state.settings(),
        files,
        "");
  }

  /**
   * Reads {@code COMMIT.json}.
   *
   * @param where what to call it in an error
   * @throws Failure of kind MISMATCH if another version of this program wrote it, BAD_DATA if it
   *     was changed
   */
  static CheckpointCommit read(byte[] json, Object where) {
    CheckpointCommit commit = FORMAT.read(json, CheckpointCommit.class, where);
    if (!commit.sealed().equals(commit)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " was changed after it was written: its sha256 does not match");
    }
    return commit;
  }

  /** The recorded state of the training. */
  CheckpointState state() {
    return new CheckpointState(
        step,
        epoch,
        stepInEpoch,
        new LearningRates(weightRate, biasRate),
        sinceLogged,
        plateau,
        validationTop1Error,
        settings);
  }

  /** This commit with the hash of its content. */
  CheckpointCommit sealed() {
    return withHash(Sha256.of(Json.document(withHash(""))));
  }

  private CheckpointCommit withHash(String hash) {
    return new CheckpointCommit(
        schemaVersion,
        step,
        epoch,
        stepInEpoch,
        weightRate,
        biasRate,
        sinceLogged,
        plateau,
        validationTop1Error,
        settings,
        files,
        hash);
  }

  /**
   * A file of the checkpoint.
   *
   * @param name within the directory
   * @param bytes its length
   * @param sha256 of its content, in hexadecimal
   */
  record StoredFile(String name, long bytes, String sha256) {
    /** A commit in a bucket decides which files are written here. */
    boolean isInDirectory() {
      return name != null && !name.isBlank() && !name.contains("/") && !name.startsWith(".");
    }
  }
}
