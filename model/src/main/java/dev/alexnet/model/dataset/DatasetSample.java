package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Chooses a few images of a dataset to show: always the same ones, without damaged records. */
public final class DatasetSample {
  private DatasetSample() {}

  /**
   * The first images of classes that are spread evenly over all classes, in the order of the
   * shards.
   *
   * @param inspection of the dataset, which says how many images each class has
   * @param classes the most classes, those with images only
   * @param imagesOfClass the most images of each
   * @return images by label; only those without a label, by {@link ImageRecord#NO_LABEL}, if no
   *     image has one
   */
  public static SortedMap<Integer, List<ImageRecord>> of(
      ObjectStore store,
      Location directory,
      DatasetInspection inspection,
      int classes,
      int imagesOfClass) {
    SortedMap<Integer, List<ImageRecord>> sample = new TreeMap<>();
    for (int label : labels(inspection, classes)) {
      sample.put(label, new ArrayList<>());
    }
    ExampleCodec codec = inspection.manifest().codec();
    for (Shard shard : inspection.manifest().shards()) {
      if (isFull(sample, inspection, imagesOfClass)) {
        return sample;
      }
      Location file = directory.resolve(shard.name());
      if (store.exists(file)) {
        try (SeekableByteChannel channel = store.open(file)) {
          new RecordScan(channel, adding(sample, imagesOfClass, codec)).run();
        } catch (IOException e) {
          throw Failure.inputOutput("read", file, e);
        }
      }
    }
    return sample;
  }

  private static List<Integer> labels(DatasetInspection inspection, int most) {
    List<Integer> known = new ArrayList<>();
    for (int label = 0; label < inspection.imagesOfLabel().size(); label++) {
      if (inspection.imagesOfLabel().get(label) > 0) {
        known.add(label);
      }
    }
    if (known.isEmpty()) {
      return List.of((int) ImageRecord.NO_LABEL);
    }
    if (known.size() <= most) {
      return known;
    }
    List<Integer> spread = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      spread.add(known.get((int) ((long) i * known.size() / most)));
    }
    return spread;
  }

  private static boolean isFull(
      SortedMap<Integer, List<ImageRecord>> sample, DatasetInspection inspection, int most) {
    return sample.entrySet().stream()
        .allMatch(
            entry -> {
              long there =
                  entry.getKey() == ImageRecord.NO_LABEL
                      ? inspection.unlabelled()
                      : inspection.imagesOfLabel().get(entry.getKey());
              return entry.getValue().size() >= Math.min(most, there);
            });
  }

  private static RecordScan.Visitor adding(
      SortedMap<Integer, List<ImageRecord>> sample, int most, ExampleCodec codec) {
    return new RecordScan.Visitor() {
      @Override
      public void record(long offset, byte[] data) {
        ImageRecord record;
        try {
          record = codec.decode(data, "the record");
        } catch (Failure e) {
          return;
        }
        List<ImageRecord> images = sample.get((int) record.label());
        if (images != null && images.size() < most) {
          images.add(record);
        }
      }

      @Override
      public void damage(long offset, String problem) {}
    };
  }
}
