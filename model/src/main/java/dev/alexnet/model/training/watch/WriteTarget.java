package dev.alexnet.model.training.watch;

import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a training writes something.
 *
 * @param local the file or directory on a disk
 * @param bucket the place that it is uploaded to; empty while it is written to the disk
 */
public record WriteTarget(Path local, Optional<Location> bucket) {

  public static WriteTarget disk(Path local) {
    return new WriteTarget(local, Optional.empty());
  }

  public static WriteTarget bucket(Path local, Location to) {
    return new WriteTarget(local, Optional.of(to));
  }
}
