package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports the images of the batch that a training failed at. */
final class FailedBatch {
  static final String FILE = "failed-batch.txt";

  private static final int NAMED = 3;

  private FailedBatch() {}

  /** Removes the report of an earlier run; this one has not failed. */
  static void forget(ObjectStore store, WorkDirectory workdir) {
    Path file = workdir.local().resolve(FILE);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Failure.inputOutput("delete", file, e);
    }
    if (workdir.isPublished()) {
      store.delete(workdir.placeOf(file));
    }
  }

  /**
   * Lists the images in a file, one id per line.
   *
   * <p>A different learning rate makes a different training, which cannot resume from this one's
   * checkpoints but can start with its layers.
   *
   * @param what is not finite or too large, with its step
   * @param checkpoint the newest that verifies; empty for none
   * @return a failure of kind NOT_FINITE
   */
  static Failure failure(
      String what,
      List<String> imageIds,
      WorkDirectory workdir,
      Optional<Location> checkpoint,
      double learningRate) {
    Path file = workdir.local().resolve(FILE);
    try {
      Files.write(file, imageIds);
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
    String named = String.join(", ", imageIds.subList(0, Math.min(NAMED, imageIds.size())));
    return new Failure(
        Failure.Kind.NOT_FINITE,
        String.format(
            Locale.ROOT,
            "%s. Its batch's %d images are listed in %s: %s%s. %s, with a --learning-rate "
                + "below %s, or check the images",
            what,
            imageIds.size(),
            workdir.placeOf(file),
            named,
            imageIds.size() > NAMED ? ", …" : "",
            checkpoint
                .map(
                    newest ->
                        "Start a new training with the last checkpoint's layers, --initial-model "
                            + newest
                            + " and a new --workdir")
                .orElse("There is no checkpoint yet; start again in a new --workdir"),
            learningRate));
  }
}
