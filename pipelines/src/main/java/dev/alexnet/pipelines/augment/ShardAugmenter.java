package dev.alexnet.pipelines.augment;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.augmentation.Augmenter;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.dataset.TfRecordWriter;
import dev.alexnet.pipelines.output.DatasetOutput;
import dev.alexnet.pipelines.output.ShardLedger;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Makes one shard of the augmented dataset: one copy of one shard of the source, in the same order.
 * A ledger entry records what the shard was made from, so a rerun does not make it again.
 */
final class ShardAugmenter {
  /** The ledger's directory within the output. */
  private static final String SIDECARS = ".augment";

  private final ObjectStore store;
  private final Dataset source;
  private final AugmentSettings settings;
  private final Augmenter augmenter;
  private final LongConsumer imagesDone;

  /** The output directory, with the plan that it is made from. */
  static DatasetOutput outputOf(ObjectStore store, Dataset source, AugmentSettings settings) {
    return new DatasetOutput(
        store, settings.output(), SIDECARS, AugmentPipeline.settingsOf(source, settings));
  }

  /**
   * Writes ledger entries for the intact shards of a complete dataset, so that only the damaged
   * ones are made again.
   */
  static void recordIntact(ObjectStore store, Dataset complete, List<String> damaged, String plan) {
    ShardLedger ledger = new ShardLedger(store, complete.location(), SIDECARS);
    List<Shard> shards = complete.manifest().shards();
    for (int index = 0; index < shards.size(); index++) {
      Shard shard = shards.get(index);
      if (!damaged.contains(shard.name())) {
        AugmentedShard made = new AugmentedShard(plan, index, shard, false);
        ledger.restore(shard.name(), made);
      }
    }
  }

  /**
   * @param imagesDone is told of images as they are finished
   */
  ShardAugmenter(
      ObjectStore store,
      Dataset source,
      AugmentSettings settings,
      Augmenter augmenter,
      LongConsumer imagesDone) {
    this.store = store;
    this.source = source;
    this.settings = settings;
    this.augmenter = augmenter;
    this.imagesDone = imagesDone;
  }

  /**
   * @param plan the hash of everything that the dataset is made from
   * @param index the shard's place in the augmented dataset: copies of the source one after another
   */
  AugmentedShard augment(String plan, int index) {
    int sourceShards = source.manifest().shards().size();
    Shard from = source.manifest().shards().get(index % sourceShards);
    int copy = index / sourceShards;
    String name = Shard.name(source.manifest().split(), index, sourceShards * settings.copies());
    Location target = settings.output().resolve(name);
    ShardLedger ledger = new ShardLedger(store, settings.output(), SIDECARS);
    Optional<AugmentedShard> finished = ledger.attempt(name, AugmentedShard.class, plan);
    if (finished.isPresent()) {
      imagesDone.accept(from.records());
      return new AugmentedShard(plan, index, finished.get().shard(), true);
    }
    AugmentedShard made = new AugmentedShard(plan, index, write(from, copy, name, target), false);
    ledger.record(name, made);
    return made;
  }

  private Shard write(Shard from, int copy, String name, Location target) {
    DatasetManifest manifest = source.manifest();
    ExampleCodec codec = manifest.codec();
    int size = settings.augmentation().outputSize(manifest.imageSize());
    ExampleCodec made = new ExampleCodec(manifest.recordSchema(), manifest.labels(), size);
    try (TfRecordReader reader = source.read(from);
        PendingObject pending = store.create(target)) {
      TfRecordWriter writer = new TfRecordWriter(pending.stream());
      for (byte[] data = reader.next(); data != null; data = reader.next()) {
        ImageRecord record = codec.decode(data, reader.where());
        writer.write(
            made.encode(
                new ImageRecord(
                    augmenter.augment(record, settings.seed(), copy),
                    record.label(),
                    record.fileName() + "#" + copy,
                    record.wnid())));
        imagesDone.accept(1);
      }
      pending.commit();
      return writer.shard(name);
    } catch (IOException e) {
      throw Failure.inputOutput("write", target, e);
    }
  }
}
