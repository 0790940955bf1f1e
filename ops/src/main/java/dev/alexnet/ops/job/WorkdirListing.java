package dev.alexnet.ops.job;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.List;
import java.util.Optional;

/**
 * What a work directory held when a run was started, as its store lists it: one request for a
 * thousand objects.
 */
final class WorkdirListing {
  private final ObjectStore store;
  private final Location workdir;
  private List<ObjectEntry> objects;

  WorkdirListing(ObjectStore store, Location workdir) {
    this.store = store;
    this.workdir = workdir;
  }

  /**
   * Whether a directory held exactly the objects that it held when its hash was taken.
   *
   * @param directory within the work directory, relative to it, with a slash at its end
   * @param hash from {@link Fingerprint#ofObjects}
   */
  boolean confirms(String directory, String hash) {
    if (objects == null) {
      objects = store.objectsBelow(workdir);
    }
    List<ObjectEntry> below =
        objects.stream()
            .filter(object -> object.name().startsWith(directory))
            .map(object -> object.named(object.name().substring(directory.length())))
            .toList();
    return Fingerprint.ofObjects(below).equals(Optional.of(hash));
  }
}
