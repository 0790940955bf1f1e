package dev.alexnet.ops.former;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;

/**
 * In a bucket, where nothing can be renamed at once: the service copies a result, and an object
 * beside the copy says that it is complete. Only then is what was copied deleted.
 */
final class CloudFormerResults implements FormerResults {
  private static final String COMPLETE = ".complete";

  private final ObjectStore store;

  CloudFormerResults(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  @Override
  public boolean exists(Location directory) {
    return store.exists(mark(directory));
  }

  @Override
  public Location placeOf(Location directory) {
    return directory.parent().resolve(ReservedName.FORMER + directory.name());
  }

  private Location mark(Location directory) {
    return directory.parent().resolve(ReservedName.FORMER + directory.name() + COMPLETE);
  }

  @Override
  public void setAside(Location directory) {
    // What a copy that was stopped has left may be of another result.
    store.deleteDirectory(placeOf(directory));
    store.copyDirectory(directory, placeOf(directory));
    store.write(mark(directory), new byte[0]);
    store.deleteDirectory(directory);
  }

  @Override
  public void putBack(Location directory) {
    store.deleteDirectory(directory);
    store.copyDirectory(placeOf(directory), directory);
    delete(directory);
  }

  @Override
  public void delete(Location directory) {
    store.delete(mark(directory));
    store.deleteDirectory(placeOf(directory));
  }
}
