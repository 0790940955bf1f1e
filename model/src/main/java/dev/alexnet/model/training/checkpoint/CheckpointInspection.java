package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint's directory contains, and every problem with it.
 *
 * @param directory the checkpoint's
 * @param step how many steps are done; 0 if the commit cannot be read, and likewise for all that
 *     follows
 * @param epoch the epoch that the next step belongs to, counted from 0
 * @param stepInEpoch how many of its steps are done
 * @param weightRate the learning rate of weights of the last step
 * @param biasRate the learning rate of biases of the last step
 * @param bytes of all files together
 * @param settings of the training, by name
 * @param findings in the order of the files
 */
public record CheckpointInspection(
    Location directory,
    long step,
    long epoch,
    long stepInEpoch,
    double weightRate,
    double biasRate,
    long bytes,
    Map<String, String> settings,
    List<Finding> findings) {

  /** The name of the file that describes a checkpoint. */
  public static final String COMMIT = CheckpointName.COMMIT;

  /** Whether a directory is a checkpoint. */
  public static boolean isAt(ObjectStore store, Location directory) {
    return store.exists(directory.resolve(CheckpointName.COMMIT));
  }

  /** The directories of checkpoints directly under another, the oldest first. */
  public static List<Location> under(ObjectStore store, Location directory) {
    return store.list(directory).stream()
        .filter(name -> name.startsWith(CheckpointName.STEP) && name.endsWith("/"))
        .map(name -> directory.resolve(name.substring(0, name.length() - 1)))
        .toList();
  }

  /** Reads every byte of a checkpoint. */
  public static CheckpointInspection of(ObjectStore store, Location directory) {
    CheckpointVerifier verifier = new CheckpointVerifier(store, directory);
    Optional<CheckpointCommit> found;
    try {
      found = verifier.commit("it");
    } catch (Failure e) {
      boolean otherVersion = e.kind() == Failure.Kind.MISMATCH;
      return unreadable(
          directory, e.getMessage() + (otherVersion ? "" : "; training skips the checkpoint"));
    }
    if (found.isEmpty()) {
      return unreadable(
          directory, "it is missing, so the checkpoint was not finished; training skips it");
    }
    CheckpointCommit commit = found.get();
    List<Finding> findings = new ArrayList<>();
    verifier.faults(commit).forEach(fault -> findings.add(finding(directory, fault)));
    List<String> known = commit.files().stream().map(CheckpointCommit.StoredFile::name).toList();
    for (String name : store.list(directory)) {
      if (!name.equals(CheckpointName.COMMIT) && !known.contains(name)) {
        findings.add(
            Finding.of(directory.resolve(name), "it is not a file of this checkpoint; remove it"));
      }
    }
    return new CheckpointInspection(
        directory,
        commit.step(),
        commit.epoch(),
        commit.stepInEpoch(),
        commit.weightRate(),
        commit.biasRate(),
        commit.files().stream().mapToLong(CheckpointCommit.StoredFile::bytes).sum(),
        commit.settings(),
        findings);
  }

  private static CheckpointInspection unreadable(Location directory, String problem) {
    Finding finding = Finding.of(directory.resolve(CheckpointName.COMMIT), problem);
    return new CheckpointInspection(directory, 0, 0, 0, 0, 0, 0, Map.of(), List.of(finding));
  }

  private static Finding finding(Location directory, CheckpointVerifier.Fault fault) {
    return Finding.of(
        directory.resolve(fault.file().name()),
        switch (fault.difference()) {
          case MISSING -> "it is missing; training skips the checkpoint";
          case LENGTH ->
              "it has %,d bytes; the commit says %,d"
                  .formatted(fault.length(), fault.file().bytes());
          case CONTENT -> "its SHA-256 is not the one in the commit; training skips it";
        });
  }
}
