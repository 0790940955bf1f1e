package dev.alexnet.model.testing;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.dataset.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Datasets of many records in many shards, made from a few different pictures. */
public final class ManyShards {
  private static final int PICTURES = 32;

  private ManyShards() {}

  /**
   * Writes a dataset for {@code mini}, of four classes. All images have ids of their own.
   *
   * @param records of each shard
   */
  public static Dataset write(Path directory, String split, long... records) {
    Dataset few = DatasetFixture.write(directory, split, 56, 4, PICTURES);
    ObjectStore store = ObjectStores.standard();
    ExampleCodec codec = few.manifest().codec();
    List<ImageRecord> pictures = pictures(few);
    few.manifest().shards().forEach(shard -> store.delete(few.shardLocation(shard)));
    List<Shard> shards = new ArrayList<>();
    long image = 0;
    for (int i = 0; i < records.length; i++) {
      String name = Shard.name(split, i, records.length);
      try (var pending = store.create(Location.of(directory).resolve(name))) {
        TfRecordWriter writer = new TfRecordWriter(pending.stream());
        for (long record = 0; record < records[i]; record++) {
          ImageRecord picture = pictures.get((int) (image % PICTURES));
          writer.write(
              codec.encode(
                  new ImageRecord(
                      picture.image(), picture.label(), split + image + ".JPEG", picture.wnid())));
          image++;
        }
        pending.commit();
        shards.add(writer.shard(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    store.write(few.location().resolve(Dataset.MANIFEST), manifest(few.manifest(), shards));
    return Dataset.open(store, few.location());
  }

  private static List<ImageRecord> pictures(Dataset dataset) {
    List<ImageRecord> pictures = new ArrayList<>();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader reader = dataset.read(shard)) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          pictures.add(dataset.manifest().codec().decode(record, reader.where()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return pictures;
  }

  private static byte[] manifest(DatasetManifest few, List<Shard> shards) {
    return Json.document(
        new DatasetManifest(
            few.schemaVersion(),
            few.split(),
            shards.stream().mapToLong(Shard::records).sum(),
            few.rejected(),
            few.imageSize(),
            few.meanImageSize(),
            few.recordSchema(),
            few.labelOrder(),
            few.labelBase(),
            few.classes(),
            shards,
            new TreeMap<>(few.files()),
            few.operations(),
            few.settings(),
            few.source()));
  }
}
