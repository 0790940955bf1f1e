package dev.alexnet.model.training.shards;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.nio.file.Path;
import java.util.List;

/** Shards that are read where they are. */
record LocalShards(Dataset dataset) implements ShardFiles {

  @Override
  public Path path(Shard shard) {
    return dataset.shardLocation(shard).localPath();
  }

  @Override
  public int together(List<Shard> order, int wanted) {
    return wanted;
  }

  @Override
  public void begin(List<Shard> order, List<ReadingOrder> following) {}

  @Override
  public void await(int from, int to) {}

  @Override
  public List<Path> open() {
    return dataset.manifest().shards().stream().map(this::path).toList();
  }

  @Override
  public void requirePresent() {
    dataset.requireShards();
  }

  @Override
  public void requireIntact() {
    dataset.readAllRecords();
  }
}
