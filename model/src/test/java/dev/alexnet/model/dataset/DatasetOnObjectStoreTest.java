package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DatasetOnObjectStoreTest {
  private static final Location DATA = new Location("gs://bucket/data");

  private final FakeGcs gcs = new FakeGcs();
  private final ObjectStore store = EmulatedStores.standard(gcs);
  @TempDir private Path directory;
  private Dataset local;

  @BeforeEach
  void setUp() throws IOException {
    local = DatasetFixture.write(directory, "train", 32, 2, 40);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        gcs.put("data/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
  }

  @AfterEach
  void tearDown() {
    gcs.close();
  }

  private static List<String> records(Dataset dataset, Shard shard) {
    List<String> records = new ArrayList<>();
    try (TfRecordReader reader = dataset.read(shard)) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        records.add(
            reader.where().replaceAll(".*/", "") + " " + ByteBuffer.wrap(record).hashCode());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return records;
  }

  private static Shard first(Dataset dataset) {
    return dataset.manifest().shards().get(0);
  }

  private static String objectOf(Shard shard) {
    return "data/" + shard.name();
  }

  /** The same dataset with many shards of other content. */
  private void putShards(int count) {
    DatasetManifest from = local.manifest();
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : from.shards()) {
      store.delete(DATA.resolve(shard.name()));
    }
    store.delete(DATA.resolve(Dataset.MANIFEST));
    for (int index = 0; index < count; index++) {
      byte[] content = ("shard " + index).getBytes(StandardCharsets.US_ASCII);
      Shard shard =
          new Shard(Shard.name("train", index, count), 1, content.length, Crc32c.of(content));
      gcs.put(objectOf(shard), content);
      shards.add(shard);
    }
    Dataset.commit(
        store,
        DATA,
        new DatasetManifest(
            from.schemaVersion(),
            from.split(),
            count,
            from.rejected(),
            from.imageSize(),
            from.meanImageSize(),
            from.recordSchema(),
            from.labelOrder(),
            from.labelBase(),
            from.classes(),
            shards,
            Collections.emptySortedMap(),
            from.operations(),
            from.settings(),
            from.source()),
        local.meanImage(),
        local.statistics(),
        List.of());
  }

  @Test
  void damagedFiles_finishedDatasetOf2048Shards_needsAtMost50Requests() {
    putShards(2 * 1024);
    gcs.reset();

    Dataset dataset = Dataset.open(store, DATA);
    int opened = gcs.requests().size();
    List<String> damaged = dataset.damagedFiles(Progress.SILENT);

    assertThat(damaged).isEmpty();
    // The manifest and three pages of a listing; then those pages again, and the six other files.
    assertThat(opened).isLessThanOrEqualTo(6);
    assertThat(gcs.requests()).hasSize(opened + 9);
  }

  @Test
  void damagedFiles_anyFileLostOrChangedOrDamaged_namesIt() {
    List<String> verified = new ArrayList<>();
    local.manifest().shards().forEach(shard -> verified.add(shard.name()));
    verified.addAll(local.manifest().files().keySet());
    Dataset dataset = Dataset.open(store, DATA);
    assertThat(dataset.damagedFiles(Progress.SILENT)).isEmpty();
    for (String name : verified) {
      byte[] content = gcs.content(FakeGcs.BUCKET, "data/" + name);

      gcs.put("data/" + name, new byte[content.length]);
      assertThat(dataset.damagedFiles(Progress.SILENT))
          .as("changed")
          .isEqualTo(damage(content, name));
      store.delete(DATA.resolve(name));
      assertThat(dataset.damagedFiles(Progress.SILENT)).as("lost").containsExactly(name);

      gcs.put("data/" + name, content);
      if (local.manifest().files().containsKey(name) && content.length > 0) {
        gcs.rot(FakeGcs.BUCKET, "data/" + name, content.length / 2);
        assertThat(dataset.damagedFiles(Progress.SILENT)).as("damaged").containsExactly(name);
        gcs.put("data/" + name, content);
      }
    }
  }

  /** Of an empty file, the same length is the same content. */
  private static List<String> damage(byte[] content, String name) {
    return content.length == 0 ? List.of() : List.of(name);
  }

  @Test
  void read_shard_givesTheRecordsOfALocalOne() {
    Dataset dataset = Dataset.open(store, DATA);

    for (Shard shard : dataset.manifest().shards()) {
      assertThat(records(dataset, shard)).isEqualTo(records(local, shard)).hasSize(20);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void read_shardDamagedOnItsWay_readsTheRecordAgain(int times) {
    Dataset dataset = Dataset.open(store, DATA);
    for (int k = 1; k <= times; k++) {
      gcs.script(FaultScript.of(Fault.FLIPPED_BIT).on(RequestKind.MEDIA).at(2L * k - 1));
      assertThat(records(dataset, first(dataset))).isEqualTo(records(local, first(local)));
    }

    assertThat(gcs.injected().get(Fault.FLIPPED_BIT)).isPositive();
  }

  @Test
  void read_shardDamagedInTheObject_isRefusedAtEveryByte() {
    Dataset dataset = Dataset.open(store, DATA);
    Shard shard = first(dataset);
    for (long offset = 0; offset < shard.bytes(); offset += 37) {
      gcs.rot(FakeGcs.BUCKET, objectOf(shard), offset);

      assertThatFailure(() -> records(dataset, shard))
          .as("byte %d", offset)
          .isOfKind(Failure.Kind.BAD_DATA)
          .hasMessageStartingWith("The record of gs://bucket/" + objectOf(shard) + " at byte ");

      gcs.rot(FakeGcs.BUCKET, objectOf(shard), offset);
    }
  }

  @Test
  void read_shardThatWasReplaced_isRefused() {
    Dataset dataset = Dataset.open(store, DATA);
    Shard shard = first(dataset);
    Shard other = dataset.manifest().shards().get(1);

    gcs.put(objectOf(shard), new byte[(int) shard.bytes()]);
    assertThatFailure(() -> records(dataset, shard))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(
            "The shard gs://bucket/" + objectOf(shard) + " was changed after it was written: ");
    gcs.put(objectOf(shard), gcs.content(FakeGcs.BUCKET, objectOf(other)));
    assertThatFailure(() -> records(dataset, shard)).isOfKind(Failure.Kind.BAD_DATA);
    store.delete(DATA.resolve(shard.name()));
    assertThatFailure(() -> records(dataset, shard))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("is missing");
  }

  @Test
  void read_longShard_keeps16BlocksInFlight() throws IOException {
    byte[] record = new byte[20 << 20];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TfRecordWriter writer = new TfRecordWriter(bytes);
    writer.write(record);
    Dataset dataset = Dataset.withoutShards(store, DATA);
    Shard shard = writer.shard("train-00000-of-00001.tfrecord");
    gcs.put(objectOf(shard), bytes.toByteArray());
    gcs.setLatency(Duration.ofMillis(50));

    assertThat(records(dataset, shard)).hasSize(1);

    assertThat(gcs.mostInFlight()).isEqualTo(16);
  }
}
