package dev.alexnet.model.training.shards;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The shards of one dataset in the cache, and how far TensorFlow has read them. */
final class CachedPass implements ShardFiles {
  /** How many shards are loaded before TensorFlow may open them. */
  private static final int READ_AHEAD = 8;

  private final Dataset dataset;
  private final CachedShards shards;
  private final ShardLoader loader;
  private final StallWatch watch;
  private final DownloadNotices notices;
  private List<CachedShard> order = List.of();
  private List<CachedShard> following = List.of();
  private Map<CachedShard, Integer> inOrder = Map.of();
  private Map<CachedShard, Integer> inFollowing = Map.of();
  private int from;
  private int to;

  CachedPass(
      Dataset dataset,
      CachedShards shards,
      ShardLoader loader,
      StallWatch watch,
      DownloadNotices notices) {
    this.dataset = dataset;
    this.shards = shards;
    this.loader = loader;
    this.watch = watch;
    this.notices = notices;
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public Path path(Shard shard) {
    return shards.of(dataset, shard).file();
  }

  @Override
  public int together(List<Shard> order, int wanted) {
    long room = shards.roomBeside(this);
    int count = 0;
    for (Shard shard : order.subList(0, wanted)) {
      room -= shard.bytes();
      if (room < 0) {
        notices.readsAgain(dataset, count, wanted);
        break;
      }
      count++;
    }
    return count;
  }

  @Override
  public void begin(List<Shard> order, List<ReadingOrder> following) {
    shards.begin(
        this,
        cached(new ReadingOrder(dataset, order)).toList(),
        following.stream().flatMap(this::cached).toList());
  }

  /** Shards that are read where they are take no room here. */
  private Stream<CachedShard> cached(ReadingOrder order) {
    return order.shards().stream()
        .map(shard -> shards.of(order.dataset(), shard))
        .filter(Objects::nonNull);
  }

  @Override
  public void await(int from, int to) {
    long began = System.nanoTime();
    boolean waits = false;
    for (CachedShard shard : shards.hold(this, from, to)) {
      waits |= !shard.arrival().isDone();
      watch.awaitDownload(shard.source(), shard.arrival());
    }
    if (waits) {
      notices.waited(System.nanoTime() - began);
    }
  }

  @Override
  public List<Path> open() {
    return shards.windowOf(this).stream().map(CachedShard::file).toList();
  }

  @Override
  public void requirePresent() {
    for (Path file : open()) {
      if (!Files.exists(file)) {
        throw new Failure(
            Failure.Kind.INPUT_OUTPUT,
            file
                + " was deleted while a training read it; nothing else may change the cache. Run"
                + " the same command again to continue from the last checkpoint");
      }
    }
  }

  @Override
  public void requireIntact() {
    for (CachedShard shard : shards.windowOf(this)) {
      if (!loader.isIntact(shard, shard.file())) {
        throw new Failure(
            Failure.Kind.INPUT_OUTPUT,
            shard.file()
                + " was changed after it was downloaded and checked: its CRC-32C is not the one in"
                + " the manifest. Check the disk, then run the same command again to continue from"
                + " the last checkpoint");
      }
    }
  }

  void restart(List<CachedShard> newOrder, List<CachedShard> newFollowing) {
    order = newOrder;
    following = newFollowing;
    inOrder = indices(order);
    inFollowing = indices(following);
    from = 0;
    to = 0;
  }

  private static Map<CachedShard, Integer> indices(List<CachedShard> order) {
    Map<CachedShard, Integer> indices = new HashMap<>();
    for (int i = 0; i < order.size(); i++) {
      indices.putIfAbsent(order.get(i), i);
    }
    return indices;
  }

  void move(int newFrom, int newTo) {
    from = newFrom;
    to = newTo;
  }

  /** The shards that TensorFlow may be reading. */
  List<CachedShard> window() {
    return order.subList(from, to);
  }

  /** The shards of the window and the next ones, in the order in which they are read. */
  List<CachedShard> upcoming() {
    return Stream.concat(order.stream().skip(from), following.stream())
        .limit((long) to - from + READ_AHEAD)
        .toList();
  }

  /** When a shard is read next, in shards from the start of the order. */
  int nextUse(CachedShard shard) {
    Integer index = inOrder.get(shard);
    if (index != null && index >= from) {
      return index;
    }
    Integer later = inFollowing.get(shard);
    return later == null ? Integer.MAX_VALUE : order.size() + later;
  }
}
