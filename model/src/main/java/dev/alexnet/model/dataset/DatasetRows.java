package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads records of a dataset by their row, counted over all shards from 0. */
public final class DatasetRows {
  private DatasetRows() {}

  /**
   * Reads the shards that hold them, each up to the last one wanted.
   *
   * @return by row
   * @throws Failure of kind BAD_DATA if one cannot be read
   */
  public static Map<Long, ImageRecord> read(Dataset dataset, Collection<Long> rows) {
    TreeSet<Long> wanted = new TreeSet<>(rows);
    Map<Long, ImageRecord> records = new TreeMap<>();
    long first = 0;
    for (Shard shard : dataset.manifest().shards()) {
      SortedSet<Long> here = wanted.subSet(first, first + shard.records());
      if (!here.isEmpty()) {
        read(dataset, shard, first, here, records);
      }
      first += shard.records();
    }
    return records;
  }

  private static void read(
      Dataset dataset,
      Shard shard,
      long first,
      SortedSet<Long> wanted,
      Map<Long, ImageRecord> records) {
    ExampleCodec codec = dataset.manifest().codec();
    try (TfRecordReader reader = dataset.read(shard)) {
      byte[] data = reader.next();
      for (long row = first; data != null && row <= wanted.last(); row++) {
        if (wanted.contains(row)) {
          records.put(row, codec.decode(data, reader.where()));
        }
        data = reader.next();
      }
    } catch (IOException e) {
      throw Failure.inputOutput("read", dataset.shardLocation(shard), e);
    }
  }
}
