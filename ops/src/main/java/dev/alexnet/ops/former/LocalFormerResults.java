package dev.alexnet.ops.former;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * On a disk, where a directory is renamed at once: beside it, because another directory can lie on
 * another disk. If it is a symbolic link, the directory to which it leads is replaced, and the link
 * stays.
 */
final class LocalFormerResults implements FormerResults {
  private static final String DISCARDED = ".discarded";

  private final ObjectStore store;

  LocalFormerResults(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  public boolean exists(Location directory) {
    return Files.isDirectory(formerOf(directory));
  }

  @Override
  public Location placeOf(Location directory) {
    return Location.of(formerOf(directory));
  }

  @Override
  public void setAside(Location directory) {
    Path place = realPlaceOf(directory);
    move(place, formerOf(directory));
    if (Files.isSymbolicLink(directory.localPath())) {
      create(place);
    }
  }

  @Override
  public void putBack(Location directory) {
    Path place = realPlaceOf(directory);
    store.deleteDirectory(Location.of(place));
    move(formerOf(directory), place);
  }

  /** Under another name first: half a result must not be taken for one. */
  @Override
  public void delete(Location directory) {
    Path former = formerOf(directory);
    Path discarded = former.resolveSibling(former.getFileName() + DISCARDED);
    store.deleteDirectory(Location.of(discarded));
    if (exists(directory)) {
      move(former, discarded);
      store.deleteDirectory(Location.of(discarded));
    }
  }

  private static Path formerOf(Location directory) {
    Path place = realPlaceOf(directory);
    return place.resolveSibling(ReservedName.FORMER + place.getFileName());
  }

  private static Path realPlaceOf(Location directory) {
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
