package dev.alexnet.model.training.shards;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Keeps shards of datasets on {@code gs://} on the local disk. They are downloaded shortly before
 * TensorFlow opens them, checked against the manifest, and deleted only if others need their place.
 */
public final class ShardCache implements ShardSource {
  private final ByteSize bound;
  private final StallWatch watch;
  private final DownloadNotices notices;
  private final CacheDirectory directory;
  private final ShardLoader loader;
  private final CachedShards shards;

  private ShardCache(
      CacheDirectory directory,
      ByteSize bound,
      ObjectStore store,
      List<Dataset> datasets,
      StallWatch watch,
      Consumer<String> notices) {
    this.bound = bound;
    this.watch = watch;
    this.notices = new DownloadNotices(bound, notices);
    this.directory = directory;
    this.loader = new ShardLoader(store, directory);
    this.shards = new CachedShards(directory, loader, bound.bytes(), datasets);
    directory.requireFree(shards.missing());
  }

  /**
   * Opens a cache, with what an earlier run left in it.
   *
   * @param store holds the datasets, and reads local files
   * @param path a local directory, which this run must have for itself; made if it does not exist,
   *     and untouched if all datasets are local
   * @param bound of the bytes of all files, those being downloaded too
   * @param watch over downloads
   * @param notices receives why the training waits
   * @throws Failure of kind OUTPUT_EXISTS if another run uses the directory, INPUT_OUTPUT if its
   *     disk has less room than the cache will take
   */
  public static ShardSource open(
      ObjectStore store,
      Path path,
      ByteSize bound,
      List<Dataset> datasets,
      StallWatch watch,
      Consumer<String> notices) {
    List<Dataset> remote = datasets.stream().filter(ShardCache::isRemote).toList();
    if (remote.isEmpty()) {
      return ShardSource.local();
    }
    CacheDirectory directory = CacheDirectory.open(path.toAbsolutePath(), bound);
    try {
      return new ShardCache(directory, bound, store, remote, watch, notices);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static boolean isRemote(Dataset dataset) {
    return dataset.location().isCloud();
  }

  @Override
  public ShardFiles of(Dataset dataset) {
    return isRemote(dataset)
        ? new CachedPass(dataset, shards, loader, watch, notices)
        : new LocalShards(dataset);
  }

  @Override
  public void requireRoom(List<WindowSize> windows) {
    List<WindowSize> remote =
        windows.stream().filter(window -> isRemote(window.dataset())).toList();
    ByteSize least = new ByteSize(remote.stream().mapToLong(WindowSize::bytes).sum());
    if (least.bytes() > bound.bytes()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          ("A --cache of %s is too small for %s: TensorFlow may open shards of %s at a time. Give "
                  + "a --cache of at least %s")
              .formatted(
                  bound,
                  remote.stream()
                      .map(window -> window.dataset().location())
                      .map(Location::value)
                      .collect(Collectors.joining(" and ")),
                  least.roundedUp(),
                  least.roundedUp()));
    }
  }

  @Override
  public void close() {
    shards.close();
    directory.close();
  }
}
