package dev.alexnet.model.training.shards;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Shard;
import java.util.List;

/** The shards of a dataset in the order in which they are read. */
public record ReadingOrder(Dataset dataset, List<Shard> shards) {
  public ReadingOrder {
    shards = List.copyOf(shards);
  }
}
