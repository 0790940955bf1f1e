package dev.alexnet.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final List<ClassLabel> CLASSES =
      List.of(new ClassLabel("n01440764", "tench"), new ClassLabel("n02007558", "flamingo"));
  private static final Rejection REJECTION =
      new Rejection("n01440764_1.JPEG", "train.tar", 512, "TRUNCATED", "cut\nshort");

  @TempDir Path directory;

  private final ObjectStore store = ObjectStores.standard();
  private Location location;
  private DatasetManifest manifest;
  private PixelSums sums;

  @BeforeEach
  void writeDataset() {
    location = Location.of(directory);
    sums = new PixelSums(2);
    sums.add(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    List<Shard> shards = List.of(writeShard(0, 2), writeShard(1, 1));
    manifest =
        new DatasetManifest(
            1,
            "train",
            3,
            1,
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
            "here");
    commit();
    manifest = Dataset.open(store, location).manifest();
  }

  private DatasetStatistics statistics() {
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

  private void commit() {
    Dataset.commit(
        store, location, manifest, sums.meanImage(), statistics(), List.of(REJECTION, REJECTION));
  }

  private Path shardFile(int index) {
    return directory.resolve(Shard.name("train", index, 2));
  }

  private static void assertFailure(Failure.Kind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(kind))
        .hasMessage(message);
  }

  @Test
  void open_whatCommitWrote_isEqual() {
    Dataset dataset = Dataset.open(store, location);

    assertThat(dataset.location()).isEqualTo(location);
    assertThat(dataset.manifest()).isEqualTo(manifest);
    assertThat(dataset.statistics()).isEqualTo(statistics());
    assertThat(dataset.meanImage().size()).isEqualTo(2);
    assertThat(dataset.meanImage().values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void read_shards_giveTheirRecords() throws IOException {
    Dataset dataset = Dataset.open(store, location);
    List<String> names = new ArrayList<>();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader reader = dataset.read(shard)) {
        for (byte[] next = reader.next(); next != null; next = reader.next()) {
          names.add(dataset.manifest().codec().decode(next, reader.where()).fileName());
        }
      }
    }

    assertThat(names).containsExactly("0_0", "0_1", "1_0");
  }

  @Test
  void read_corruptShard_namesTheFile() throws IOException {
    byte[] bytes = Files.readAllBytes(shardFile(1));
    bytes[bytes.length - 1] ^= 1;
    Files.write(shardFile(1), bytes);
    Dataset dataset = Dataset.open(store, location);

    try (TfRecordReader reader = dataset.read(manifest.shards().get(1))) {
      assertFailure(
          Failure.Kind.BAD_DATA,
          "The record of "
              + shardFile(1)
              + " at byte 0 is corrupt: the checksum of the data does not fit. Write the shard"
              + " again.",
          reader::next);
    }
  }

  @Test
  void commit_dataset_writesEveryFile() {
    assertThat(store.list(location))
        .containsExactly(
            "dataset.json",
            "dataset_info.json",
            "features.json",
            "label.labels.txt",
            "labels.txt",
            "mean_image.f32",
            "mean_image.png",
            "rejected.jsonl",
            "statistics.json",
            "train-00000-of-00002.tfrecord",
            "train-00001-of-00002.tfrecord");
    assertThat(directory.resolve(Dataset.LABELS))
        .hasContent("n01440764\ttench\nn02007558\tflamingo\n");
    String line =
        "{\"image\":\"n01440764_1.JPEG\",\"source\":\"train.tar\",\"offset\":512,"
            + "\"reason\":\"TRUNCATED\",\"message\":\"cut\\nshort\"}\n";
    assertThat(directory.resolve(Dataset.REJECTED)).hasContent(line + line);
  }

  @Test
  void commit_killedBeforeTheManifest_isNoDataset() {
    store.delete(location.resolve(Dataset.MANIFEST));

    assertThat(Dataset.isAt(store, location)).isFalse();
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        "There is no dataset at "
            + location
            + " (no dataset.json); make one with 'alexnet convert', or finish one that was"
            + " interrupted by running the same command again",
        () -> Dataset.open(store, location));
  }

  @Test
  void commit_rejectionsFail_leavesTheOldDataset() {
    DatasetManifest old = manifest;
    Iterable<Rejection> failing =
        () -> {
          throw new IllegalStateException("no rejections");
        };
    manifest =
        new DatasetManifest(
            1,
            "train",
            3,
            9,
            2,
            2,
            RecordSchema.TFDS,
            "sorted wnid",
            0,
            CLASSES,
            old.shards(),
            new TreeMap<>(),
            List.of(),
            Map.of(),
            "elsewhere");

    assertThatThrownBy(
            () ->
                Dataset.commit(store, location, manifest, sums.meanImage(), statistics(), failing))
        .hasMessage("no rejections");
    assertThat(Dataset.open(store, location).manifest()).isEqualTo(old);
  }

  @Test
  void hash_manifest_isTheFilesSha256() throws IOException, NoSuchAlgorithmException {
    byte[] manifestFile = Files.readAllBytes(directory.resolve(Dataset.MANIFEST));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(manifestFile);

    assertThat(Dataset.open(store, location).hash())
        .hasSize(64)
        .isEqualTo(String.format("%064x", new BigInteger(1, digest)));
  }

  @Test
  void open_missingShard_isBadData() throws IOException {
    Files.delete(shardFile(1));

    assertFailure(
        Failure.Kind.BAD_DATA,
        "The shard " + shardFile(1) + " is missing; run the command that made the dataset again",
        () -> Dataset.open(store, location));
  }

  @Test
  void open_foreignShard_isBadData() throws IOException {
    Path foreign = directory.resolve("train-00002-of-00003.tfrecord");
    Files.createFile(foreign);

    assertFailure(
        Failure.Kind.BAD_DATA,
        foreign + " is no shard of this dataset; remove it",
        () -> Dataset.open(store, location));
  }

  @Test
  void open_shardOfWrongLength_isBadData() throws IOException {
    long bytes = Files.size(shardFile(0));
    Files.write(shardFile(0), new byte[5]);

    assertFailure(
        Failure.Kind.BAD_DATA,
        "The shard "
            + shardFile(0)
            + " has 5 bytes; the manifest says "
            + bytes
            + ". Run the command that made the dataset again",
        () -> Dataset.open(store, location));
  }

  @Test
  void open_otherFilesBesideShards_areIgnored() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "mine");
    Files.writeString(directory.resolve(".pending-4711"), "half a shard");

    assertThat(Dataset.open(store, location).manifest()).isEqualTo(manifest);
  }

  @Test
  void open_brokenManifest_isBadDataThatNamesIt() throws IOException {
    Files.writeString(directory.resolve(Dataset.MANIFEST), "{\"schemaVersion\" : 1");

    assertThatThrownBy(() -> Dataset.open(store, location))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageStartingWith(directory.resolve("dataset.json") + " is not what was expected: ");
  }

  @Test
  void open_manifestOfAnotherVersion_saysWhatToDo() throws IOException {
    Path file = directory.resolve(Dataset.MANIFEST);
    String written = Files.readString(file);
    Files.writeString(file, written.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));

    assertThatThrownBy(() -> Dataset.open(store, location))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.MISMATCH))
        .hasMessage(
            file
                + " was written by a newer version of this program: its schemaVersion is 2; this"
                + " program reads 1. Use the version that wrote it, or make the dataset again, with"
                + " 'alexnet convert' or 'alexnet augment' into another directory");
  }

  @Test
  void open_manifestOfAnEarlierState_namesTheMissingKeyInPlainWords() throws IOException {
    Path file = directory.resolve(Dataset.MANIFEST);
    Files.writeString(
        file, Files.readString(file).replaceFirst("  \"meanImageSize\" : \\d+,\n", ""));

    assertThatThrownBy(() -> Dataset.open(store, location))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageStartingWith(
            file + " is not what was expected: the key 'meanImageSize' is missing (line ")
        .hasMessageContaining("Another version of this program wrote it, or it was changed since;")
        .hasMessageNotContainingAny("dev.alexnet", "creator", "Jackson");
  }

  @Test
  void open_manifestOfAnotherTool_isSaidToBeNone() throws IOException {
    Path file = Files.writeString(directory.resolve(Dataset.MANIFEST), "{\"images\": [1]}");

    assertThatThrownBy(() -> Dataset.open(store, location))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageStartingWith(
            file
                + " is no dataset manifest of this program: it has no number 'schemaVersion'. Is the"
                + " directory right?");
  }

  @Test
  void files_ofTheManifest_haveTheirHashes() throws IOException {
    assertThat(manifest.files().keySet())
        .containsExactly(
            "dataset_info.json",
            "features.json",
            "label.labels.txt",
            "labels.txt",
            "mean_image.f32",
            "rejected.jsonl",
            "statistics.json");
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      assertThat(Sha256.of(Files.readAllBytes(directory.resolve(file.getKey()))))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
    // printf 'n01440764\ttench\nn02007558\tflamingo\n' | sha256sum
    assertThat(manifest.files())
        .containsEntry(
            "labels.txt", "2164e03c06b87b1e3abe3bb554b3b5b68b02efd923a92a481f0d14b2232e6feb");
  }

  @Test
  void damagedFiles_oneLostOrChangedAtEqualLength_namesIt() throws IOException {
    List<String> names = new ArrayList<>(manifest.files().keySet());
    names.add(manifest.shards().get(1).name());
    for (String name : names) {
      Path file = directory.resolve(name);
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      assertThat(damagedFiles()).containsExactly(name);
      byte[] changed = content.length == 0 ? new byte[1] : content.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(file, changed);
      assertThat(damagedFiles()).containsExactly(name);
      Files.write(file, content);
    }
    assertThat(damagedFiles()).isEmpty();
  }

  private List<String> damagedFiles() {
    return Dataset.withoutShards(store, location).damagedFiles(Progress.SILENT);
  }

  @Test
  void meanImage_changed_isBadData() throws IOException {
    Path file = directory.resolve(Dataset.MEAN_IMAGE);
    byte[] content = Files.readAllBytes(file);
    content[0] ^= 1;
    Files.write(file, content);

    assertFailure(
        Failure.Kind.BAD_DATA,
        file
            + ", the mean image that training subtracts, is not what was written with the dataset:"
            + " its SHA-256 is not the one in dataset.json. Put the original back, or run the"
            + " command that made the dataset again",
        () -> Dataset.open(store, location).meanImage());
  }

  @Test
  void meanImage_missing_isInputMissing() throws IOException {
    Path file = directory.resolve(Dataset.MEAN_IMAGE);
    Files.delete(file);

    assertFailure(
        Failure.Kind.INPUT_MISSING,
        file
            + " is missing, the mean image that training subtracts; it was written with the"
            + " dataset, so it was moved or deleted since. Put it back, or run the command that"
            + " made the dataset again",
        () -> Dataset.open(store, location).meanImage());
  }

  @Test
  void statistics_missing_isInputMissing() throws IOException {
    Path file = directory.resolve(Dataset.STATISTICS);
    Files.delete(file);

    assertFailure(
        Failure.Kind.INPUT_MISSING,
        file
            + " is missing, the statistics that colour noise is drawn from; it was written with"
            + " the dataset, so it was moved or deleted since. Put it back, or run the command that"
            + " made the dataset again",
        () -> Dataset.open(store, location).statistics());
  }

  @Test
  void manifest_document_isWhatTheFileHolds() throws IOException {
    assertThat(Files.readAllBytes(directory.resolve(Dataset.MANIFEST)))
        .isEqualTo(Json.document(manifest));
    assertThat(Files.readString(directory.resolve(Dataset.MANIFEST), StandardCharsets.UTF_8))
        .endsWith("}\n");
  }
}
