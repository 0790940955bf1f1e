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
          new ScratchOwner(store, location, local).claim(notices);
          return work.get();
        });
  }

  /** Is called when what an earlier training has published is deleted. */
  void beginAnew(ObjectStore store) {
    if (isPublished()) {
      new ScratchOwner(store, location, local).beginAnew();
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
