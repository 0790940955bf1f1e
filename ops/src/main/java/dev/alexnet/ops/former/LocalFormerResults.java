package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Local results that are set aside while their steps are made anew: {@code training} becomes {@code
 * .former-training} beside it, because another directory can lie on another disk. If it is a
 * symbolic link, the directory to which it leads is replaced, and the link stays.
 */
final class FormerResults {
  private final ObjectStore store;

  FormerResults(ObjectStore store) {
    this.store = store;
  }

  boolean exists(Location directory) {
    return Files.isDirectory(formerOf(directory));
  }

  /** Where the result of a directory is, or would be, set aside. */
  Location of(Location directory) {
    return Location.of(formerOf(directory));
  }

  /**
   * @throws Failure of kind OUTPUT_EXISTS if a former result of the directory is there already
   */
  void requireNone(Location directory) {
    if (exists(directory)) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s is left of an earlier --redo; delete it, or move it to %s if that is the result to keep"
              .formatted(of(directory), directory));
    }
  }

  void setAside(Location directory) {
    Path place = placeOf(directory);
    move(place, formerOf(directory));
    if (Files.isSymbolicLink(directory.localPath())) {
      create(place);
    }
  }

  /** Puts a result back in the place of what has been begun there since. */
  void putBack(Location directory) {
    Path place = placeOf(directory);
    store.deleteDirectory(Location.of(place));
    move(formerOf(directory), place);
  }

  /** Deletes a result that has been made anew; none is not a failure. */
  void delete(Location directory) {
    store.deleteDirectory(of(directory));
  }

  private static Path formerOf(Location directory) {
    Path place = placeOf(directory);
    return place.resolveSibling(ReservedName.FORMER + place.getFileName());
  }

  private static Path placeOf(Location directory) {
    Path path = directory.localPath();
    try {
      while (Files.isSymbolicLink(path)) {
        path = path.resolveSibling(Files.readSymbolicLink(path));
      }
      return path;
    } catch (IOException e) {
      throw Failure.inputOutput("follow", path, e);
    }
  }

  private static void move(Path source, Path target) {
    try {
      Files.move(source, target);
    } catch (IOException e) {
      throw Failure.inputOutput("move", source, e);
    }
  }

  private static void create(Path directory) {
    try {
      Files.createDirectory(directory);
    } catch (IOException e) {
      throw Failure.inputOutput("create", directory, e);
    }
  }
}
