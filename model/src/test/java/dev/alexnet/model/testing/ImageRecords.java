package dev.alexnet.model.testing;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes the records of a dataset that fits in memory. */
public final class ImageRecords {
  private ImageRecords() {}

  /** In the order of the shards, and of the records in each shard. */
  public static List<ImageRecord> of(Dataset dataset) {
    List<ImageRecord> records = new ArrayList<>();
    for (Shard shard : dataset.manifest().shards()) {
      records.addAll(of(dataset, shard));
    }
    return records;
  }

  public static List<ImageRecord> of(Dataset dataset, Shard shard) {
    List<ImageRecord> records = new ArrayList<>();
    try (TfRecordReader reader = dataset.read(shard)) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        records.add(dataset.manifest().codec().decode(record, reader.where()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return records;
  }
}
