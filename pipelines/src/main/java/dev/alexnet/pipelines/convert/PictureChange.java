package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * How the pictures of a source differ from those that a dataset was made from, by their ids.
 *
 * @param added those that the dataset does not have
 * @param removed those that only the dataset has
 */
record PictureChange(NavigableSet<String> added, NavigableSet<String> removed) {

  /**
   * Reads all records of the dataset.
   *
   * @throws Failure of kind BAD_DATA if one is damaged
   */
  static PictureChange between(ObjectStore store, Dataset dataset, PictureSource source) {
    NavigableSet<String> before = idsOf(store, dataset);
    NavigableSet<String> now = idsOf(store, source);
    NavigableSet<String> added = new TreeSet<>(now);
    added.removeAll(before);
    before.removeAll(now);
    return new PictureChange(added, before);
  }

  /** One sentence, without its subject. */
  String inWords() {
    List<String> changes = new ArrayList<>();
    if (!added.isEmpty()) {
      changes.add("%s new, first %s".formatted(pictures(added), added.first()));
    }
    if (!removed.isEmpty()) {
      changes.add("%s gone, first %s".formatted(pictures(removed), removed.first()));
    }
    return changes.isEmpty()
        ? "pictures have the same names, but other lengths or places"
        : String.join("; ", changes);
  }

  private static String pictures(NavigableSet<String> ids) {
    return Quantity.of(ids.size(), "picture") + (ids.size() == 1 ? " is" : " are");
  }

  private static NavigableSet<String> idsOf(ObjectStore store, Dataset dataset) {
    NavigableSet<String> ids = new TreeSet<>();
    ExampleCodec codec = dataset.manifest().codec();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader records = dataset.read(shard)) {
        for (byte[] record = records.next(); record != null; record = records.next()) {
          ids.add(codec.decode(record, records.where()).fileName());
        }
      } catch (IOException e) {
        throw Failure.inputOutput("read", dataset.shardLocation(shard), e);
      }
    }
    byte[] rejected = store.readAll(dataset.location().resolve(Dataset.REJECTED));
    new String(rejected, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .forEach(line -> ids.add(Json.read(line, Rejection.class, Dataset.REJECTED).image()));
    return ids;
  }

  private static NavigableSet<String> idsOf(ObjectStore store, PictureSource source) {
    NavigableSet<String> ids = new TreeSet<>();
    SourcePart.Listener listener =
        new SourcePart.Listener() {
          @Override
          public void picture(PictureReference reference) {
            ids.add(reference.id());
          }

          @Override
          public void read(CheckedRange range) {
            // A conversion compares the archive's checksum; nothing is converted here.
          }

          @Override
          public void rejected(Rejection rejection) {
            ids.add(rejection.image());
          }

          @Override
          public void ignored(String name) {
            // It is not a picture.
          }
        };
    source.parts().forEach(part -> part.index(store, listener));
    return ids;
  }
}
