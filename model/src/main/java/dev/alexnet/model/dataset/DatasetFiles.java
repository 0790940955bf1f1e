package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.reading.Listing;
import dev.alexnet.infra.reading.RangeStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * The files of a dataset, compared with its manifest. On an object store, one listing gives the
 * lengths and checksums of all shards.
 */
final class DatasetFiles {
  private static final int READ_AT_ONCE = 16 << 20;

  private final ObjectStore store;
  private final Location location;
  private final DatasetManifest manifest;

  DatasetFiles(ObjectStore store, Location location, DatasetManifest manifest) {
    this.store = store;
    this.location = location;
    this.manifest = manifest;
  }

  /** The names of files that are missing or changed. */
  List<String> damaged(Progress progress) {
    Listing listing = Listing.of(store, location);
    AtomicLong checked = new AtomicLong();
    List<String> damaged =
        manifest.shards().parallelStream()
            .filter(
                shard -> {
                  boolean intact = shard.isIntact(store, location, listing.find(shard.name()));
                  progress.report(
                      checked.incrementAndGet(), manifest.shards().size(), "shards", "verifying");
                  return !intact;
                })
            .map(Shard::name)
            .collect(Collectors.toCollection(ArrayList::new));
    manifest.files().entrySet().stream()
        .filter(file -> !isIntact(listing, file.getKey(), file.getValue()))
        .forEach(file -> damaged.add(file.getKey()));
    return damaged;
  }

  private boolean isIntact(Listing listing, String name, String hash) {
    Optional<ObjectEntry> entry = listing.find(name);
    try {
      return entry.isPresent() && hashOf(location.resolve(name), entry.get()).equals(hash);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA) {
        throw e;
      }
      return false;
    }
  }

  private String hashOf(Location file, ObjectEntry entry) {
    if (!file.isCloud() || entry.size() > READ_AT_ONCE) {
      return Dataset.hashOf(store, file);
    }
    return Sha256.of(
        new CheckedRange(file, entry.generation(), 0, entry.size(), entry.crc32c().orElseThrow())
            .read(store));
  }

  void requireNoUnlistedShards() {
    requireNoUnlisted(unlistedShards());
  }

  private void requireNoUnlisted(List<String> unlisted) {
    if (!unlisted.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          location.resolve(unlisted.get(0)) + " is not a shard of this dataset; remove it");
    }
  }

  /** The files that are named like shards but are not in the manifest. */
  List<String> unlistedShards() {
    return unlisted(store.list(location));
  }

  private List<String> unlisted(List<String> names) {
    Set<String> expected = manifest.shards().stream().map(Shard::name).collect(Collectors.toSet());
    return names.stream()
        .filter(name -> Shard.isNamedSo(name) && !expected.contains(name))
        .toList();
  }

  /** Checks that exactly the shards of the manifest exist, by name and length. */
  void requireShards() {
    Listing listing = Listing.of(store, location);
    requireNoUnlisted(unlisted(listing.names()));
    for (Shard shard : manifest.shards()) {
      requireLength(shard, listing.find(shard.name()).orElseThrow(() -> missing(shard)));
    }
  }

  private Failure missing(Shard shard) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        "The shard "
            + location.resolve(shard.name())
            + " is missing; run the command that made the dataset again");
  }

  private void requireLength(Shard shard, ObjectEntry entry) {
    if (entry.size() != shard.bytes()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "The shard "
              + location.resolve(shard.name())
              + " has "
              + entry.size()
              + " bytes; the manifest says "
              + shard.bytes()
              + ". Run the command that made the dataset again");
    }
  }

  /**
   * Opens a shard. On an object store it must have the length and the checksum of the manifest, is
   * read ahead, and a record that does not have its checksum is read once more.
   */
  TfRecordReader read(Shard shard) {
    Location file = location.resolve(shard.name());
    if (!file.isCloud()) {
      InputStream stream = Channels.newInputStream(store.open(file));
      return new TfRecordReader(stream, file.value());
    }
    ObjectEntry entry = store.find(file).orElseThrow(() -> missing(shard));
    requireLength(shard, entry);
    if (!shard.isIntact(store, location, Optional.of(entry))) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "The shard %s was changed after it was written: its CRC-32C is %08x; the manifest says %08x. Run the command that made the dataset again"
              .formatted(file, entry.crc32c().getAsLong(), shard.crc32c()));
    }
    return TfRecordReader.rereading(
        offset -> new RangeStream(store, file, entry.generation(), offset, entry.size() - offset),
        file.value());
  }
}
