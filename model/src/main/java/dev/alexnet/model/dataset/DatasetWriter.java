package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes all files of a dataset but its shards; the manifest comes last. */
final class DatasetWriter {
  private final ObjectStore store;
  private final Location location;
  private final SortedMap<String, String> hashes = new TreeMap<>();

  DatasetWriter(ObjectStore store, Location location) {
    this.store = store;
    this.location = location;
  }

  /**
   * Writes all files; the manifest has the hashes of the others.
   *
   * @throws Failure of kind OUTPUT_EXISTS if another run has completed the dataset meanwhile
   */
  void write(
      DatasetManifest manifest,
      MeanImage mean,
      DatasetStatistics statistics,
      Iterable<Rejection> rejections) {
    writeRejections(rejections);
    write(Dataset.LABELS, manifest.labels().text());
    write(Dataset.STATISTICS, Json.document(statistics));
    write(Dataset.MEAN_IMAGE, mean.toBytes());
    // Not hashed: how far a PNG is compressed depends on the machine's zlib.
    store.write(location.resolve(Dataset.MEAN_PICTURE), MeanPicture.png(mean));
    TensorFlowDatasetsFiles.of(manifest).forEach(this::write);
    store.write(
        location.resolve(Dataset.MANIFEST),
        Json.document(manifest.withFiles(hashes)),
        WriteCondition.absent());
    store.deleteAbandoned(location);
  }

  private void write(String name, byte[] content) {
    store.write(location.resolve(name), content);
    hashes.put(name, Sha256.of(content));
  }

  void writeRejections(Iterable<Rejection> rejections) {
    Location file = location.resolve(Dataset.REJECTED);
    try (var pending = store.create(file)) {
      for (Rejection rejection : rejections) {
        pending.stream().write((Json.line(rejection) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      pending.commit();
      try (InputStream stream = ObjectStream.open(store, file)) {
        hashes.put(Dataset.REJECTED, Sha256.of(stream));
      }
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
  }
}
