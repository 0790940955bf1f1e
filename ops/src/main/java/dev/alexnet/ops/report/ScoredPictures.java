package dev.alexnet.ops.report;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pictures of some rows of the predictions, out of the dataset. */
final class ScoredPictures {
  private ScoredPictures() {}

  /**
   * Reads the shards that hold them, each up to the last one wanted.
   *
   * @return JPEG files by row
   * @throws Failure of kind BAD_DATA where a row's image is another one in the dataset
   */
  static Map<Long, byte[]> read(Dataset dataset, Collection<PredictionRow> rows) {
    TreeMap<Long, PredictionRow> wanted =
        rows.stream()
            .collect(
                Collectors.toMap(PredictionRow::row, row -> row, (one, same) -> one, TreeMap::new));
    Map<Long, byte[]> pictures = new TreeMap<>();
    long first = 0;
    for (Shard shard : dataset.manifest().shards()) {
      Map<Long, PredictionRow> here = wanted.subMap(first, first + shard.records());
      if (!here.isEmpty()) {
        read(dataset, shard, first, new TreeMap<>(here), pictures);
      }
      first += shard.records();
    }
    return pictures;
  }

  private static void read(
      Dataset dataset,
      Shard shard,
      long first,
      SortedMap<Long, PredictionRow> wanted,
      Map<Long, byte[]> pictures) {
    ExampleCodec codec = dataset.manifest().codec();
    try (TfRecordReader reader = dataset.read(shard)) {
      byte[] data = reader.next();
      for (long row = first; data != null && row <= wanted.lastKey(); row++) {
        if (wanted.containsKey(row)) {
          ImageRecord record = codec.decode(data, reader.where());
          requireSame(record.fileName(), wanted.get(row).prediction().image(), reader.where());
          pictures.put(row, record.image());
        }
        data = reader.next();
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT, "Cannot read " + dataset.shardLocation(shard) + ": " + e, e);
    }
  }

  private static void requireSame(String there, String scored, String where) {
    if (!there.equals(scored)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where
              + " is "
              + there
              + ", but the predictions have "
              + scored
              + " in its place; score again");
    }
  }
}
