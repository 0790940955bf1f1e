package dev.alexnet.pipelines.features;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.pipelines.output.ShardLedger;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** All files of one shard: one per format, and the rows that name the images. */
final class ShardFiles implements Closeable {
  private final List<FeatureFile> files = new ArrayList<>();
  private final PendingObject rows;
  private final int index;
  private final float[] nothing;
  private long records;
  private long undecodable;

  /**
   * @param shards the number of shards in the dataset
   * @param expected how many rows will be written
   * @param values per row
   */
  ShardFiles(
      ObjectStore store,
      FeaturesSettings settings,
      int index,
      int shards,
      long expected,
      int values)
      throws IOException {
    this.index = index;
    this.nothing = new float[values];
    Arrays.fill(nothing, Float.NaN);
    this.rows = store.create(rows(Features.outputOf(store, settings.output()).ledger(), index));
    for (FeatureFormat format : FeatureFormat.values()) {
      if (settings.writes(format)) {
        Location file = settings.output().resolve(format.file(index, shards));
        files.add(new FeatureFile(store, file, format, expected, values));
      }
    }
  }

  /** The file of a shard's rows until all shards are finished. */
  static Location rows(ShardLedger ledger, int index) {
    return ledger.file(String.format(Locale.ROOT, "rows-%05d.jsonl", index));
  }

  void write(FeatureRow row, float[] values) throws IOException {
    rows.stream().write((Json.line(row) + "\n").getBytes(StandardCharsets.UTF_8));
    for (FeatureFile file : files) {
      file.write(row, values);
    }
    records++;
  }

  /** Writes a record without features, which still keeps its row. */
  void writeUndecodable(FeatureRow row) throws IOException {
    write(row, nothing);
    undecodable++;
  }

  /** The number of rows so far. */
  long records() {
    return records;
  }

  /**
   * @param replacedOperations why some operations were replaced by other forms
   */
  FeatureShard commit(List<String> replacedOperations) {
    rows.commit();
    return new FeatureShard(
        index,
        records,
        undecodable,
        nothing.length,
        files.stream().map(FeatureFile::commit).toList(),
        replacedOperations);
  }

  @Override
  public void close() {
    rows.close();
    files.forEach(FeatureFile::close);
  }
}
