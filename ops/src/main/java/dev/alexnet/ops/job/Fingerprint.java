package dev.alexnet.ops.job;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A hash that identifies the content at a location. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * For a file: the SHA-256 of its content and of the names and lengths of the files beside it,
   * whose checksums a manifest holds. For a directory: the SHA-256 of names and lengths at every
   * depth, because archives are too large to be read for this.
   *
   * @return empty if nothing is at the location
   */
  public static Optional<String> of(ObjectStore store, Location location) {
    List<ObjectEntry> beside = store.entries(location.parent());
    if (beside.stream().anyMatch(entry -> entry.name().equals(location.name()))) {
      return Optional.of(ofText(Sha256.of(store.readAll(location)) + "\n" + lengths(beside)));
    }
    return store.isDirectory(location)
        ? Optional.of(ofText(lengths(store.objectsBelow(location))))
        : Optional.empty();
  }

  /**
   * The SHA-256 of the names, lengths and checksums of all objects below a directory, as its store
   * lists them without reading them.
   *
   * @param objects see {@link ObjectStore#objectsBelow}
   * @return empty if there is no object, or if the store would have to read one to know its
   *     checksum
   */
  static Optional<String> ofObjects(List<ObjectEntry> objects) {
    if (objects.isEmpty() || objects.stream().anyMatch(object -> object.crc32c().isEmpty())) {
      return Optional.empty();
    }
    StringBuilder listing = new StringBuilder();
    for (ObjectEntry object : objects) {
      listing
          .append(object.name())
          .append('\t')
          .append(object.size())
          .append('\t')
          .append(object.crc32c().getAsLong())
          .append('\n');
    }
    return Optional.of(ofText(listing.toString()));
  }

  static String ofText(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String lengths(List<ObjectEntry> entries) {
    StringBuilder listing = new StringBuilder();
    for (ObjectEntry entry : entries) {
      if (!entry.isDirectory()) {
        listing.append(entry.name()).append('\t').append(entry.size()).append('\n');
      }
    }
    return listing.toString();
  }
}
