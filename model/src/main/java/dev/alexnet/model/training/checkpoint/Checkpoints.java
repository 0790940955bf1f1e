package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checkpoints of a training, each in its directory. They are written to a local disk; if the
 * work directory is in a bucket, each is also published there. A training resumes from the newest
 * one whose content has the hashes of its commit.
 */
public interface Checkpoints {

  /**
   * A checkpoint that verifies.
   *
   * @param place of its directory, as a user should name it
   * @param tensors the common path prefix of its local files
   */
  record Checkpoint(Location place, Path tensors, CheckpointState state) {}

  /**
   * The upload of a checkpoint to a bucket.
   *
   * @param from the local directory
   * @param to its place in the bucket
   * @param work uploads it; throws a failure that names both
   */
  record Publication(Path from, Location to, Runnable work) {}

  /** Removes what a killed run was writing, but keeps what it had written completely. */
  void settlePending();

  /**
   * The newest checkpoint that verifies. It is local: one that is only in a bucket is downloaded.
   *
   * @param notices is told about each newer one that does not verify
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if another version of this program
   *     wrote it
   */
  Optional<Checkpoint> newest(Consumer<String> notices);

  /** The newest checkpoint on the local disk that verifies. */
  Optional<Checkpoint> newestLocal(Consumer<String> notices);

  /** What the commits of all checkpoints say. */
  CheckpointHistory history();

  /** Whether none was ever committed, intact or not. */
  boolean isEmpty();

  void deleteAll();

  /** Where a checkpoint is until it is complete. */
  Path pending(long step);

  /**
   * Writes a checkpoint to the local disk and removes all but the newest three and, of each
   * validation set, the one with the lowest error. Later checkpoints are ignored and kept.
   *
   * @param tensors writes the tensors' files; it gets their common path prefix
   */
  void write(CheckpointState state, Consumer<Path> tensors);

  /**
   * How to publish a checkpoint that is written; empty if the local disk is where it belongs.
   *
   * @param logs publishes the logs up to the step; called before the checkpoint becomes visible, so
   *     that no run that resumes from it lacks lines
   */
  Optional<Publication> publication(long step, Runnable logs);
}
