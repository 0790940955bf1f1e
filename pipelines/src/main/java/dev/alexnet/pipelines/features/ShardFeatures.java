package dev.alexnet.pipelines.features;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.prediction.Ensemble;
import dev.alexnet.pipelines.output.ShardLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/**
 * Writes the features of one shard of the dataset. A sidecar, written last, says that all its files
 * are there; with it, a rerun leaves the shard alone.
 */
final class ShardFeatures {
  private final ObjectStore store;
  private final Dataset dataset;
  private final Ensemble ensemble;
  private final FeaturesSettings settings;
  private final int batch;
  private final LongConsumer imagesDone;

  /**
   * What a sidecar holds.
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
   * @param imagesDone hears of images as they are done
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
    this.batch = images(settings);
    this.imagesDone = imagesDone;
  }

  /** How many images are computed at a time. */
  static int images(FeaturesSettings settings) {
    return Math.max(1, settings.batch() / settings.views());
  }

  /**
   * @param plan the hash of all that the features are made from
   * @param index the shard's place in the dataset
   */
  FeatureShard write(String plan, int index) {
    ShardLedger ledger = Features.place(store, settings.output()).ledger();
    String name = String.format(Locale.ROOT, "%05d", index);
    Optional<Finished> finished = ledger.finished(name, Finished.class, plan);
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
    ExampleCodec codec = dataset.manifest().codec();
    int values = ensemble.featureCount();
    try (TfRecordReader reader = dataset.read(shard);
        ShardFiles files =
            new ShardFiles(store, settings, index, shards.size(), shard.records(), values)) {
      List<ImageRecord> waiting = new ArrayList<>(batch);
      for (byte[] data = reader.next(); data != null; data = reader.next()) {
        try {
          waiting.add(codec.decode(data, reader.where()));
        } catch (Failure failure) {
          writeAll(waiting, files);
          // A record without a readable name is known by its place.
          String image = shard.name() + " record " + files.records();
          files.writeUndecodable(
              FeatureRow.undecodable(image, ImageRecord.NO_LABEL, failure.getMessage()));
          imagesDone.accept(1);
        }
        if (waiting.size() == batch) {
          writeAll(waiting, files);
        }
      }
      writeAll(waiting, files);
      if (files.records() != shard.records()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            dataset.shardLocation(shard)
                + " holds "
                + files.records()
                + " records; the manifest says "
                + shard.records()
                + ". Convert again");
      }
      return files.commit(ensemble.arithmetic().replaced());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT,
          "Cannot write the features of " + shard.name() + " into " + settings.output() + ": " + e,
          e);
    }
  }

  private void writeAll(List<ImageRecord> waiting, ShardFiles files) throws IOException {
    write(waiting, files);
    imagesDone.accept(waiting.size());
    waiting.clear();
  }

  private void write(List<ImageRecord> records, ShardFiles files) throws IOException {
    float[][] features;
    try {
      features =
          ensemble.features(records.stream().map(ImageRecord::image).toList(), settings.views());
    } catch (TFInvalidArgumentException e) {
      // One bad image fails its whole batch, so the batch is then taken image by image.
      if (records.size() == 1) {
        files.writeUndecodable(undecodable(records.get(0), e));
      } else {
        for (ImageRecord record : records) {
          write(List.of(record), files);
        }
      }
      return;
    }
    for (int i = 0; i < features.length; i++) {
      ImageRecord record = records.get(i);
      files.write(FeatureRow.written(record.fileName(), record.label()), features[i]);
    }
  }

  private static FeatureRow undecodable(ImageRecord record, TFInvalidArgumentException e) {
    String firstLine = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return FeatureRow.undecodable(record.fileName(), record.label(), firstLine);
  }
}
