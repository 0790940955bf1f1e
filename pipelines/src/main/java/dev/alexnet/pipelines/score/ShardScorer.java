package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.prediction.Predictor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** Scores one shard: a row for every image into a file, the totals back. */
final class ShardScorer {
  private final ObjectStore store;
  private final Predictor predictor;
  private final int views;
  private final int batch;
  private final LongConsumer imagesDone;

  /**
   * @param views of each image, 1 or 10
   * @param batch views at a time
   * @param imagesDone hears how many images each batch had
   */
  ShardScorer(
      ObjectStore store, Predictor predictor, int views, int batch, LongConsumer imagesDone) {
    this.store = store;
    this.predictor = predictor;
    this.views = views;
    this.batch = Math.max(1, batch / views);
    this.imagesDone = imagesDone;
  }

  /**
   * @param index the shard's place in the dataset
   * @param rows where the rows go, whole or not at all
   */
  ShardScore score(Dataset dataset, int index, Location rows) {
    Shard shard = dataset.manifest().shards().get(index);
    ExampleCodec codec = dataset.manifest().codec();
    ShardScore total = ShardScore.none(index);
    try (TfRecordReader reader = dataset.read(shard);
        PendingObject pending = store.create(rows)) {
      List<ImageRecord> waiting = new ArrayList<>(batch);
      for (byte[] data = reader.next(); data != null; data = reader.next()) {
        waiting.add(codec.decode(data, reader.where()));
        if (waiting.size() == batch) {
          total = write(waiting, pending, total);
        }
      }
      total = write(waiting, pending, total);
      if (total.images() != shard.records()) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            dataset.shardLocation(shard)
                + " holds "
                + total.images()
                + " records; the manifest says "
                + shard.records()
                + ". Convert again");
      }
      pending.commit();
      return total;
    } catch (IOException e) {
      throw new Failure(Failure.Kind.INPUT_OUTPUT, "Cannot write " + rows + ": " + e, e);
    }
  }

  private ShardScore write(List<ImageRecord> waiting, PendingObject pending, ShardScore before)
      throws IOException {
    ShardScore total = before;
    for (Prediction prediction : predict(waiting)) {
      pending.stream().write((Json.line(prediction) + "\n").getBytes(StandardCharsets.UTF_8));
      total = total.plus(prediction);
    }
    imagesDone.accept(waiting.size());
    waiting.clear();
    return total;
  }

  private List<Prediction> predict(List<ImageRecord> records) {
    List<Prediction> predictions = new ArrayList<>(records.size());
    try {
      List<byte[]> files = records.stream().map(ImageRecord::image).toList();
      float[][] probabilities =
          views == 1 ? predictor.predict(files) : predictor.predictTenViews(files);
      for (int i = 0; i < records.size(); i++) {
        ImageRecord record = records.get(i);
        predictions.add(Prediction.of(record.fileName(), record.label(), probabilities[i]));
      }
      return predictions;
    } catch (TFInvalidArgumentException e) {
      return records.size() == 1
          ? List.of(undecodable(records.get(0), e))
          : records.stream().flatMap(record -> predict(List.of(record)).stream()).toList();
    }
  }

  // One bad image fails its whole batch, so the batch is then taken image by image.
  private static Prediction undecodable(ImageRecord record, TFInvalidArgumentException e) {
    String firstLine = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return Prediction.undecodable(record.fileName(), record.label(), firstLine);
  }
}
