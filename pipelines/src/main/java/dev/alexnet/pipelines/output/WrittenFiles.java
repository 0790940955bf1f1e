package dev.alexnet.pipelines.output;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.Listing;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares files with the lengths and checksums in a manifest. */
public final class WrittenFiles {
  private WrittenFiles() {}

  /**
   * The names of missing or damaged files. Local files are read for this; an object store lists the
   * checksums of its objects.
   */
  public static List<String> damaged(
      ObjectStore store, Location directory, Collection<Shard> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    if (files.size() == 1) {
      // A listing would have all other files too.
      Shard file = files.iterator().next();
      return file.isIntactIn(store, directory) ? List.of() : List.of(file.name());
    }
    Listing listing = Listing.of(store, directory);
    return files.stream()
        .filter(file -> !file.isIntact(store, directory, listing.find(file.name())))
        .map(Shard::name)
        .toList();
  }

  /**
   * A file as a manifest describes it.
   *
   * @param rows how many rows it holds
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if it does not exist
   */
  public static Shard described(ObjectStore store, Location file, long rows) {
    Optional<ObjectEntry> entry = store.find(file);
    OptionalLong crc = entry.map(ObjectEntry::crc32c).orElse(OptionalLong.empty());
    return new Shard(
        file.name(),
        rows,
        entry.isPresent() ? entry.get().size() : store.size(file),
        crc.isPresent() ? crc.getAsLong() : store.crc32c(file));
  }

  /**
   * Files as a manifest describes them.
   *
   * @param rows how many rows each file holds, by its name, in the order of the result
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if one does not exist
   */
  public static List<Shard> described(
      ObjectStore store, Location directory, Map<String, Long> rows) {
    Listing listing = Listing.of(store, directory);
    List<Shard> described = new ArrayList<>();
    rows.forEach(
        (name, count) -> {
          Location file = directory.resolve(name);
          Optional<ObjectEntry> entry = listing.find(name);
          OptionalLong crc = entry.map(ObjectEntry::crc32c).orElse(OptionalLong.empty());
          described.add(
              new Shard(
                  name,
                  count,
                  entry.isPresent() ? entry.get().size() : store.size(file),
                  crc.isPresent() ? crc.getAsLong() : store.crc32c(file)));
        });
    return described;
  }

  /**
   * Whether a complete dataset exists with every file as it was written.
   *
   * @param progress hears of shards
   * @throws dev.alexnet.infra.failure.Failure of kind BAD_DATA if its manifest is damaged, MISMATCH
   *     if another version of this program wrote it
   */
  public static boolean isDatasetIntact(ObjectStore store, Location dataset, Progress progress) {
    return Dataset.isAt(store, dataset)
        && Dataset.withoutShards(store, dataset).damagedFiles(progress).isEmpty();
  }
}
