package dev.alexnet.pipelines.output;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.util.Collection;
import java.util.List;

/** Compares files with the lengths and checksums in a manifest. */
public final class WrittenFiles {
  private WrittenFiles() {}

  /**
   * The names of missing or damaged files. Local files are read for this; storage services know the
   * checksums of their objects.
   */
  public static List<String> damaged(
      ObjectStore store, Location directory, Collection<Shard> files) {
    return files.stream()
        .filter(file -> !file.isIntactIn(store, directory))
        .map(Shard::name)
        .toList();
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
