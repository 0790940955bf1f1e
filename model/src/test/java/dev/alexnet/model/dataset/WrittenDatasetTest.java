package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Base of tests of a dataset in its directory: writes a new small dataset for each test. */
abstract class WrittenDatasetTest {
  private static final List<ClassLabel> CLASSES =
      List.of(new ClassLabel("n01440764", "tench"), new ClassLabel("n02007558", "flamingo"));
  private static final Rejection REJECTION =
      new Rejection("n01440764_1.JPEG", "train.tar", 512, "TRUNCATED", "cut\nshort");

  @TempDir Path directory;

  final ObjectStore store = ObjectStores.standard();
  Location location;
  DatasetManifest manifest;
  PixelSums sums;

  @BeforeEach
  void writeDataset() {
    location = Location.of(directory);
    sums = new PixelSums(2);
    sums.add(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    Dataset.commit(
        store,
        location,
        manifest(1, List.of(writeShard(0, 2), writeShard(1, 1)), "here"),
        sums.meanImage(),
        statistics(),
        List.of(REJECTION, REJECTION));
    manifest = Dataset.open(store, location).manifest();
  }

  static DatasetManifest manifest(long rejected, List<Shard> shards, String source) {
    return new DatasetManifest(
        1,
        "train",
        3,
        rejected,
        2,
        2,
        RecordSchema.TFDS,
        "sorted wnid",
        0,
        CLASSES,
        shards,
        new TreeMap<>(),
        List.of(),
        Map.of(),
        source);
  }

  DatasetStatistics statistics() {
    return DatasetStatistics.of(
        sums.colourStatistics(),
        new TreeMap<>(Map.of("n01440764", 2L, "n02007558", 1L)),
        new SizeHistogram(new TreeMap<>(Map.of("500x375", 1L))).summary());
  }

  private Shard writeShard(int index, int records) {
    String name = Shard.name("train", index, 2);
    ExampleCodec codec = new ExampleCodec(RecordSchema.TFDS, new Labels(CLASSES), 2);
    try (var pending = store.create(location.resolve(name))) {
      TfRecordWriter writer = new TfRecordWriter(pending.stream());
      for (int i = 0; i < records; i++) {
        writer.write(codec.encode(record(index, i)));
      }
      pending.commit();
      return writer.shard(name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ImageRecord record(int shard, int place) {
    return new ImageRecord(new byte[] {(byte) place}, shard, shard + "_" + place, "n01440764");
  }

  Path shardFile(int index) {
    return directory.resolve(Shard.name("train", index, 2));
  }

  static void assertFailure(Failure.Kind kind, String message, ThrowingCallable call) {
    assertThatFailure(call).isOfKind(kind).hasMessage(message);
  }
}
