package dev.alexnet.ops.job;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What identifies the content at a location. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * The SHA-256 of an object's content, or of a directory's listing: names and lengths, at every
   * depth, because archives are too large to be read for this.
   *
   * @return empty where nothing is at the location
   */
  static Optional<String> of(ObjectStore store, Location location) {
    if (store.exists(location)) {
      return Optional.of(sha256(store.readAll(location)));
    }
    if (store.isDirectory(location)) {
      StringBuilder listing = new StringBuilder();
      appendListing(store, location, "", listing);
      return Optional.of(ofText(listing.toString()));
    }
    return Optional.empty();
  }

  static String ofText(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
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

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
