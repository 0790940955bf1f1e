package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.pipelines.inference.ShardBatches;
import dev.alexnet.pipelines.output.ShardLedger;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes the features of one shard of the dataset. A ledger entry, written last, records that all
 * its files are finished, so a rerun does not compute the shard again.
 */
final class ShardFeatures {
  private final ObjectStore store;
  private final Dataset dataset;
  private final Ensemble ensemble;
  private final FeaturesSettings settings;
  private final LongConsumer imagesDone;

  /**
   * A ledger entry.
   *
   * @param plan the hash of all that the features are made from
   */
  record Finished(String plan, FeatureShard shard) implements ShardLedger.Entry {
    @Override
    public List<Shard> files() {
      return shard.files();
    }
  }

  /**
   * @param imagesDone is told of images as they are finished
   */
  ShardFeatures(
      ObjectStore store,
      Dataset dataset,
      Ensemble ensemble,
      FeaturesSettings settings,
      LongConsumer imagesDone) {
    this.store = store;
    this.dataset = dataset;
    this.ensemble = ensemble;
    this.settings = settings;
    this.imagesDone = imagesDone;
  }

  /** How many images are computed at once. */
  static int images(FeaturesSettings settings) {
    return ShardBatches.imagesOf(settings.batch(), settings.views());
  }

  /**
   * @param plan the hash of all that the features are made from
   * @param index the shard's index in the dataset
   */
  FeatureShard write(String plan, int index) {
    ShardLedger ledger = Features.outputOf(store, settings.output()).ledger();
    String name = String.format(Locale.ROOT, "%05d", index);
    Optional<Finished> finished = ledger.attempt(name, Finished.class, plan);
    if (finished.isPresent() && store.exists(ShardFiles.rows(ledger, index))) {
      imagesDone.accept(finished.get().shard().records());
      return finished.get().shard();
    }
    FeatureShard made = write(index);
    ledger.record(name, new Finished(plan, made));
    return made;
  }

  private FeatureShard write(int index) {
    List<Shard> shards = dataset.manifest().shards();
    Shard shard = shards.get(index);
    int values = ensemble.featureCount();
    try (ShardFiles files =
        new ShardFiles(store, settings, index, shards.size(), shard.records(), values)) {
      new ShardBatches(dataset, images(settings), imagesDone).run(shard, new Writing(files));
      return files.commit(ensemble.arithmetic().replaced());
    } catch (IOException e) {
      throw Failure.inputOutput(
          "write the features of", shard.name() + " into " + settings.output(), e);
    }
  }

  /** Writes one row per image. */
  private final class Writing implements ShardBatches.Work {
    private final ShardFiles files;

    Writing(ShardFiles files) {
      this.files = files;
    }

    @Override
    public void compute(List<ImageRecord> batch) throws IOException {
      float[][] features =
          ensemble.features(batch.stream().map(ImageRecord::image).toList(), settings.views());
      for (int i = 0; i < features.length; i++) {
        ImageRecord record = batch.get(i);
        files.write(FeatureRow.written(record.fileName(), record.label()), features[i]);
      }
    }

    @Override
    public void writeUndecodable(String image, long label, String reason) throws IOException {
      files.writeUndecodable(FeatureRow.undecodable(image, label, reason));
    }
  }
}
