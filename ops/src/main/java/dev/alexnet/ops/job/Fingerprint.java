package dev.alexnet.ops.job;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A hash that identifies the content at a location. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * For a file: the SHA-256 of its content and of the names and lengths of the files beside it,
   * whose checksums a manifest holds. For a directory: the SHA-256 of names and lengths at every
   * depth, because archives are too large to be read for this.
   *
   * @return empty if nothing is at the location
   */
  static Optional<String> of(ObjectStore store, Location location) {
    if (store.exists(location)) {
      StringBuilder beside = new StringBuilder(Sha256.of(store.readAll(location))).append('\n');
      appendFiles(store, location.parent(), beside);
      return Optional.of(ofText(beside.toString()));
    }
    if (store.isDirectory(location)) {
      StringBuilder listing = new StringBuilder();
      appendListing(store, location, "", listing);
      return Optional.of(ofText(listing.toString()));
    }
    return Optional.empty();
  }

  static String ofText(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void appendFiles(ObjectStore store, Location directory, StringBuilder listing) {
    for (String name : store.list(directory)) {
      if (!name.endsWith("/")) {
        long size = store.size(directory.resolve(name));
        listing.append(name).append('\t').append(size).append('\n');
      }
    }
  }

  private static void appendListing(
      ObjectStore store, Location directory, String prefix, StringBuilder listing) {
    for (String name : store.list(directory)) {
      if (name.endsWith("/")) {
        String child = name.substring(0, name.length() - 1);
        appendListing(store, directory.resolve(child), prefix + name, listing);
      } else {
        long size = store.size(directory.resolve(name));
        listing.append(prefix).append(name).append('\t').append(size).append('\n');
      }
    }
  }
}
