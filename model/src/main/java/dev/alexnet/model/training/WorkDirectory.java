package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.training.checkpoint.Checkpoints;
import dev.alexnet.model.training.checkpoint.LocalCheckpoints;
import dev.alexnet.model.training.checkpoint.PublishedCheckpoints;
import dev.alexnet.model.training.log.LogPublication;
import dev.alexnet.model.training.log.PublishedLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The work directory of a training. If it is in a bucket, everything but the model is written to a
 * local scratch directory first, and published from there.
 *
 * @param location as the user named it
 * @param local where the training writes
 */
record WorkDirectory(Location location, Path local) {
  /** How long logs may wait to be published, between checkpoints. */
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  /** The file of a scratch directory that says whose it is. */
  static final String OWNER = "workdir.txt";

  WorkDirectory {
    requireNonNull(location, "location is null");
    requireNonNull(local, "local is null");
  }

  static WorkDirectory of(TrainingSettings settings) {
    Location workdir = settings.workdir();
    return new WorkDirectory(workdir, workdir.isCloud() ? settings.scratch() : workdir.localPath());
  }

  boolean isPublished() {
    return location.isCloud();
  }

  /** Where a user finds a file that the training writes. */
  Location placeOf(Path file) {
    return isPublished() ? location.resolve(local.relativize(file).toString()) : Location.of(file);
  }

  /**
   * Does the work while no other training uses the scratch directory, if one is needed.
   *
   * @throws Failure of kind OUTPUT_EXISTS if another one uses it, or it holds the files of another
   *     work directory
   */
  <T> T holdingScratch(ObjectStore store, Consumer<String> notices, Supplier<T> work) {
    if (!isPublished()) {
      return work.get();
    }
    return DirectoryLock.holding(
        store,
        Location.of(local),
        notices,
        held -> {
          claimScratch();
          return work.get();
        });
  }

  private void claimScratch() {
    Path owner = local.resolve(OWNER);
    try {
      String present = Files.exists(owner) ? Files.readString(owner).strip() : "";
      if (present.isEmpty()) {
        Files.writeString(owner, location + "\n");
      } else if (!present.equals(location.value())) {
        throw new Failure(
            Failure.Kind.OUTPUT_EXISTS,
            "The scratch directory %s holds files of the training in %s, which may not be published yet; give another --scratch, or delete it"
                .formatted(local, present));
      }
    } catch (IOException e) {
      throw Failure.inputOutput("write", owner, e);
    }
  }

  Checkpoints checkpoints(ObjectStore store) {
    LocalCheckpoints written = new LocalCheckpoints(store, local.resolve(Trainer.CHECKPOINTS));
    return isPublished()
        ? new PublishedCheckpoints(
            store, written, location.resolve(Trainer.CHECKPOINTS), () -> fetchMetrics(store))
        : written;
  }

  private void fetchMetrics(ObjectStore store) {
    Location metrics = location.resolve(Trainer.METRICS);
    if (store.exists(metrics)) {
      store.download(metrics, local.resolve(Trainer.METRICS));
    }
  }

  LogPublication logs(ObjectStore store) {
    return isPublished()
        ? new PublishedLogs(store, local, location, List.of(FailedBatch.FILE), LOG_INTERVAL)
        : LogPublication.NONE;
  }
}
