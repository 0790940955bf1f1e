package dev.alexnet.pipelines.inference;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/**
 * Passes the images of a shard to a model, in batches and in order. An image that cannot be decoded
 * fails its whole batch, so that batch is then processed image by image.
 */
public final class ShardBatches {
  private final Dataset dataset;
  private final int size;
  private final LongConsumer imagesDone;

  /** What to do with the images. */
  public interface Work {
    /**
     * Checks a record before it is added to a batch.
     *
     * @param where its file and position, for errors
     * @throws Failure if it counts as undecodable
     */
    default void check(ImageRecord record, Object where) {}

    /**
     * Computes a batch, then writes the results.
     *
     * @throws TFInvalidArgumentException if an image cannot be decoded; then nothing is written
     */
    void compute(List<ImageRecord> batch) throws IOException;

    /**
     * Writes an image that could not be read or decoded.
     *
     * @param image its id; for a record that cannot be read, its shard and its position there
     * @param label its class; {@link ImageRecord#NO_LABEL} if it is not known
     */
    void writeUndecodable(String image, long label, String reason) throws IOException;
  }

  /**
   * @param size images per batch
   * @param imagesDone is told the number of images of each finished batch
   */
  public ShardBatches(Dataset dataset, int size, LongConsumer imagesDone) {
    this.dataset = dataset;
    this.size = size;
    this.imagesDone = imagesDone;
  }

  /**
   * The number of images per batch.
   *
   * @param views the number of views per image
   * @param batch how many views are computed at once
   */
  public static int imagesOf(int batch, int views) {
    return Math.max(1, batch / views);
  }

  /** The name of a record whose own name cannot be read. */
  public static String nameOf(Shard shard, String place) {
    return shard.name() + " record " + place;
  }

  /**
   * Passes all records of a shard.
   *
   * @throws Failure of kind BAD_DATA if there are more or fewer than the manifest says
   */
  public void run(Shard shard, Work work) throws IOException {
    ExampleCodec codec = dataset.manifest().codec();
    List<ImageRecord> waiting = new ArrayList<>(size);
    long records = 0;
    try (TfRecordReader reader = dataset.read(shard)) {
      for (byte[] data = reader.next(); data != null; data = reader.next()) {
        try {
          ImageRecord record = codec.decode(data, reader.where());
          work.check(record, reader.where());
          waiting.add(record);
        } catch (Failure failure) {
          flush(waiting, work);
          work.writeUndecodable(
              nameOf(shard, Long.toString(records)), ImageRecord.NO_LABEL, failure.getMessage());
          imagesDone.accept(1);
        }
        records++;
        if (waiting.size() == size) {
          flush(waiting, work);
        }
      }
    }
    flush(waiting, work);
    if (records != shard.records()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          dataset.shardLocation(shard)
              + " holds "
              + records
              + " records, but the manifest says "
              + shard.records()
              + "; run the command that made the dataset again");
    }
  }

  private void flush(List<ImageRecord> waiting, Work work) throws IOException {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      work.compute(waiting);
    } catch (TFInvalidArgumentException e) {
      for (ImageRecord record : waiting) {
        computeAlone(record, work);
      }
    }
    imagesDone.accept(waiting.size());
    waiting.clear();
  }

  private static void computeAlone(ImageRecord record, Work work) throws IOException {
    try {
      work.compute(List.of(record));
    } catch (TFInvalidArgumentException e) {
      String firstLine = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      work.writeUndecodable(record.fileName(), record.label(), firstLine);
    }
  }
}
