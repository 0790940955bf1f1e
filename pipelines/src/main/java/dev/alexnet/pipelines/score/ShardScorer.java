package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.prediction.Ensemble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** Scores one shard: a row for every image into a file, the totals back. */
final class ShardScorer {
  private final ObjectStore store;
  private final Ensemble ensemble;
  private final ScoreSettings settings;
  private final int batch;
  private final LongConsumer imagesDone;

  /**
   * @param imagesDone hears how many images each batch had
   */
  ShardScorer(
      ObjectStore store, Ensemble ensemble, ScoreSettings settings, LongConsumer imagesDone) {
    this.store = store;
    this.ensemble = ensemble;
    this.settings = settings;
    this.batch = images(settings);
    this.imagesDone = imagesDone;
  }

  /** How many images are predicted at a time. */
  static int images(ScoreSettings settings) {
    return Math.max(1, settings.batch() / settings.views());
  }

  /**
   * @param index the shard's place in the dataset
   */
  Tally score(Dataset dataset, int index) {
    Shard shard = dataset.manifest().shards().get(index);
    ExampleCodec codec = dataset.manifest().codec();
    int classes = dataset.manifest().classes().size();
    RowFiles files = new RowFiles(store, settings, dataset.manifest());
    Location rows = files.rows(index);
    Location contenders = settings.findWeights() ? files.contenders(index) : null;
    Tally tally = new Tally(settings.guesses());
    tally.addReplaced(ensemble.arithmetic().replaced());
    try (TfRecordReader reader = dataset.read(shard);
        ShardOutput pending = new ShardOutput(store, rows, contenders)) {
      List<ImageRecord> waiting = new ArrayList<>(batch);
      for (byte[] data = reader.next(); data != null; data = reader.next()) {
        try {
          waiting.add(checked(codec.decode(data, reader.where()), classes, reader.where()));
        } catch (Failure failure) {
          predictAndWrite(waiting, pending, tally);
          write(List.of(unreadable(shard, tally.images(), failure)), pending, tally);
        }
        if (waiting.size() == batch) {
          predictAndWrite(waiting, pending, tally);
        }
      }
      predictAndWrite(waiting, pending, tally);
      if (tally.images() != shard.records()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            dataset.shardLocation(shard)
                + " holds "
                + tally.images()
                + " records; the manifest says "
                + shard.records()
                + ". Convert again");
      }
      pending.commit();
      return tally;
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INPUT_OUTPUT, "Cannot write " + rows + ": " + e, e);
    }
  }

  private static ImageRecord checked(ImageRecord record, int classes, Object where) {
    if (record.label() >= classes) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s: %s has the label %d; there are %d classes"
              .formatted(where, record.fileName(), record.label(), classes));
    }
    return record;
  }

  /** A record without a readable name is known by its place. */
  private static Prediction unreadable(Shard shard, long index, Failure failure) {
    String image = shard.name() + Prediction.RECORD + index;
    return Prediction.undecodable(image, ImageRecord.NO_LABEL, failure.getMessage());
  }

  private void predictAndWrite(List<ImageRecord> waiting, ShardOutput pending, Tally tally)
      throws IOException {
    predict(waiting, pending, tally);
    waiting.clear();
  }

  private void write(List<Prediction> predictions, ShardOutput pending, Tally tally)
      throws IOException {
    for (Prediction prediction : predictions) {
      pending.write(prediction);
      tally.add(prediction);
    }
    imagesDone.accept(predictions.size());
  }

  private void predict(List<ImageRecord> records, ShardOutput pending, Tally tally)
      throws IOException {
    List<float[][]> each;
    try {
      each =
          ensemble.predictEach(records.stream().map(ImageRecord::image).toList(), settings.views());
    } catch (TFInvalidArgumentException e) {
      if (records.size() == 1) {
        write(List.of(undecodable(records.get(0), e)), pending, tally);
        return;
      }
      // One bad image fails its whole batch, so the batch is then taken image by image.
      for (ImageRecord record : records) {
        predict(List.of(record), pending, tally);
      }
      return;
    }
    float[][] probabilities = ensemble.mean(each);
    List<Prediction> predictions = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      ImageRecord record = records.get(i);
      predictions.add(Prediction.of(record.fileName(), record.label(), probabilities[i]));
      if (pending.wantsContenders() && record.label() >= 0) {
        pending.write(Contenders.of(each, i, (int) record.label()));
      }
    }
    write(predictions, pending, tally);
  }

  private static Prediction undecodable(ImageRecord record, TFInvalidArgumentException e) {
    String firstLine = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return Prediction.undecodable(record.fileName(), record.label(), firstLine);
  }
}
