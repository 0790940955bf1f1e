package dev.alexnet.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetInspectionTest {
  private static final List<ClassLabel> CLASSES =
      List.of(new ClassLabel("n01440764", "tench"), new ClassLabel("n02007558", "flamingo"));

  @TempDir Path directory;

  private final ObjectStore store = ObjectStores.standard();
  private Location location;

  /** The offset of each record of the first shard, and the end of the last. */
  private List<Long> starts;

  @BeforeEach
  void writeDataset() throws IOException {
    location = Location.of(directory);
    write(
        List.of(record(0, "a"), record(1, "b"), record(0, "c")),
        List.of(record(1, "d"), new ImageRecord(new byte[] {9}, -1, "e", "")));
  }

  private static ImageRecord record(int label, String name) {
    return new ImageRecord(new byte[] {1, 2, 3}, label, name, CLASSES.get(label).wnid());
  }

  private void write(List<ImageRecord> first, List<ImageRecord> second) throws IOException {
    starts = new ArrayList<>();
    ExampleCodec codec = new ExampleCodec(RecordSchema.TFDS, new Labels(CLASSES), 2);
    List<Shard> shards = new ArrayList<>();
    for (List<ImageRecord> records : List.of(first, second)) {
      String name = Shard.name("train", shards.size(), 2);
      try (var pending = store.create(location.resolve(name))) {
        TfRecordWriter writer = new TfRecordWriter(pending.stream());
        for (ImageRecord record : records) {
          if (shards.isEmpty()) {
            starts.add(writer.shard(name).bytes());
          }
          writer.write(codec.encode(record));
        }
        pending.commit();
        shards.add(writer.shard(name));
      }
    }
    starts.add(shards.get(0).bytes());
    PixelSums sums = new PixelSums(2);
    sums.add(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    // As a pipeline does before it writes a complete dataset again.
    store.delete(location.resolve(Dataset.MANIFEST));
    Dataset.commit(
        store,
        location,
        new DatasetManifest(
            1,
            "train",
            shards.stream().mapToLong(Shard::records).sum(),
            2,
            2,
            2,
            RecordSchema.TFDS,
            "sorted wnid",
            0,
            CLASSES,
            shards,
            Collections.emptySortedMap(),
            List.of(),
            Map.of(),
            "here"),
        sums.meanImage(),
        DatasetStatistics.of(
            sums.colourStatistics(),
            Collections.emptySortedMap(),
            new SizeHistogram(new TreeMap<>(Map.of("500x375", 1L))).summary()),
        List.of(
            new Rejection("x", "train.tar", 512, "TRUNCATED", "cut short"),
            new Rejection("y", "train.tar", 1024, "EMPTY", "no byte")));
  }

  private Path shard(int index) {
    return directory.resolve(Shard.name("train", index, 2));
  }

  private DatasetInspection inspect() {
    return DatasetInspection.of(store, location, Progress.SILENT);
  }

  private static void flip(byte[] content, long bit) {
    content[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
  }

  @Test
  void of_soundDataset_countsAllAndFindsNothing() {
    DatasetInspection inspection = inspect();

    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.records()).isEqualTo(5);
    assertThat(inspection.unlabelled()).isEqualTo(1);
    assertThat(inspection.imagesOfLabel()).containsExactly(2L, 2L);
    assertThat(inspection.rejected())
        .containsExactly(Map.entry("EMPTY", 1L), Map.entry("TRUNCATED", 1L));
    assertThat(inspection.statistics().colours().meanColour()).containsExactly(5.5, 6.5, 7.5);
  }

  @Test
  void of_everyBitOfAShardFlipped_namesShardAndOffset() throws IOException {
    byte[] sound = Files.readAllBytes(shard(0));
    int record = 0;
    for (long bit = 0; bit < 8L * sound.length; bit++) {
      if (bit / 8 >= starts.get(record + 1)) {
        record++;
      }
      byte[] flipped = sound.clone();
      flip(flipped, bit);
      Files.write(shard(0), flipped);

      List<Finding> findings = inspect().findings();

      assertThat(findings).as("bit %s", bit).hasSize(2);
      assertThat(findings.get(0).file()).isEqualTo(shard(0).toString());
      assertThat(findings.get(0).offset()).as("bit %s", bit).isEqualTo(starts.get(record));
      assertThat(findings.get(0).problem())
          .startsWith("the record is damaged: the checksum of the ");
      assertThat(findings.get(1).problem())
          .isEqualTo("2 of its records are intact; the manifest says 3");
    }
  }

  @Test
  void of_damageInSeveralPlaces_findsAllOfIt() throws IOException {
    byte[] content = Files.readAllBytes(shard(0));
    // The length of the first record, and the data of the last.
    flip(content, 3);
    flip(content, 8 * (starts.get(2) + 20));
    Files.write(shard(0), content);
    Files.delete(shard(1));
    Files.writeString(directory.resolve("labels.txt"), "n01440764\ttrench\n");
    Files.delete(directory.resolve("statistics.json"));
    Files.createFile(directory.resolve("train-00002-of-00003.tfrecord"));

    DatasetInspection inspection = inspect();

    assertThat(inspection.findings())
        .extracting(
            finding -> Path.of(finding.file()).getFileName().toString(),
            Finding::offset,
            Finding::problem)
        .containsExactly(
            tuple(
                "train-00000-of-00002.tfrecord",
                0L,
                "the record is damaged: the checksum of the length does not match; the next record"
                    + " starts at byte "
                    + starts.get(1)),
            tuple(
                "train-00000-of-00002.tfrecord",
                starts.get(2),
                "the record is damaged: the checksum of the data does not match"),
            tuple(
                "train-00000-of-00002.tfrecord",
                null,
                "1 of its records are intact; the manifest says 3"),
            tuple(
                "train-00001-of-00002.tfrecord",
                null,
                "it is missing; run the command that made the dataset again"),
            tuple(
                "train-00002-of-00003.tfrecord",
                null,
                "it is not a shard of this dataset; remove it"),
            tuple(
                "labels.txt",
                null,
                "its SHA-256 is not the one in the manifest; it was changed after it was written"),
            tuple(
                "statistics.json",
                null,
                "it is missing; run the command that made the dataset again"));
    assertThat(inspection.records()).isEqualTo(1);
    assertThat(inspection.imagesOfLabel()).containsExactly(0L, 1L);
    assertThat(inspection.statistics()).isNull();
  }

  @Test
  void of_shardCutShortAtEveryByte_saysWhereTheRecordStarts() throws IOException {
    byte[] sound = Files.readAllBytes(shard(0));
    for (int length = 0; length < sound.length; length++) {
      Files.write(shard(0), Arrays.copyOf(sound, length));
      List<Finding> findings = inspect().findings();

      assertThat(findings.get(0).problem())
          .isEqualTo("it has %,d bytes; the manifest says %,d".formatted(length, sound.length));
      if (!starts.contains((long) length)) {
        long within = starts.stream().filter(start -> start < (long) sound.length).count();
        assertThat(within).isEqualTo(3);
        int cut = length;
        assertThat(findings.get(1).offset())
            .isEqualTo(starts.stream().filter(start -> start <= cut).reduce((a, b) -> b).get());
        assertThat(findings.get(1).problem()).startsWith("the record is damaged: ");
      }
    }
  }

  @Test
  void of_otherRecordsThanWereWritten_areToldByTheShardsChecksum() throws IOException {
    byte[] first = Files.readAllBytes(shard(0));
    int second = starts.get(1).intValue();
    int third = starts.get(2).intValue();
    // All three have the same length: the first two are swapped.
    ByteBuffer swapped = ByteBuffer.allocate(first.length).order(ByteOrder.LITTLE_ENDIAN);
    swapped.put(first, second, third - second).put(first, 0, second);
    swapped.put(first, third, first.length - third);
    Files.write(shard(0), swapped.array());

    assertThat(inspect().findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.offset()).isNull();
              assertThat(finding.problem())
                  .matches(
                      "its CRC-32C is [0-9a-f]{8}; the manifest says [0-9a-f]{8}. Its records "
                          + "are intact, but not those that were written");
            });
  }

  @Test
  void of_labelsOutOfRangeOrOfAnotherClass_areNamedWithTheirOffsets() throws IOException {
    write(
        List.of(
            record(0, "a"),
            new ImageRecord(new byte[] {1}, 2, "b", "n03126707"),
            new ImageRecord(new byte[] {1}, 1, "c", "n01440764"),
            record(1, "a")),
        List.of());

    assertThat(inspect().findings())
        .extracting(Finding::offset, Finding::problem)
        .containsExactly(
            tuple(starts.get(1), "b has the label 2; the last of the 2 classes is 1"),
            tuple(
                starts.get(2),
                "c has the label 1, which is n02007558, but its wnid is 'n01440764'"),
            tuple(starts.get(3), "a occurs twice in the shard"));
  }

  @Test
  void of_rejectionsThatAreDamaged_namesTheirLines() throws IOException {
    Path file = directory.resolve("rejected.jsonl");
    Files.writeString(file, Files.readString(file).lines().findFirst().orElseThrow() + "\n{\n{}\n");

    assertThat(inspect().findings())
        .extracting(Finding::file)
        .containsExactly(file.toString(), file + " line 2", file + " line 3", file.toString());
    assertThat(inspect().rejected())
        .containsExactly(Map.entry("TRUNCATED", 1L), Map.entry("UNREADABLE", 2L));
  }

  @Test
  void of_manifestOfAnotherSizeOrSplit_isToldByTheFilesMadeOfIt() throws IOException {
    Path file = directory.resolve("dataset.json");
    String written = Files.readString(file);

    for (var change :
        Map.of(
                "\"imageSize\" : 2", "\"imageSize\" : 1",
                "\"split\" : \"train\"", "\"split\" : \"test\"")
            .entrySet()) {
      assertThat(written).contains(change.getKey());
      Files.writeString(file, written.replace(change.getKey(), change.getValue()));

      assertThat(inspect().findings())
          .anySatisfy(
              finding -> {
                assertThat(finding.file()).isEqualTo(file.toString());
                assertThat(finding.problem()).endsWith("it was changed after it was written");
              });
    }
  }

  @Test
  void sample_ofClasses_takesTheFirstImagesOfEach() {
    var sample = DatasetSample.of(store, location, inspect(), 5, 1);

    assertThat(sample.keySet()).containsExactly(0, 1);
    assertThat(sample.get(0)).extracting(ImageRecord::fileName).containsExactly("a");
    assertThat(sample.get(1)).extracting(ImageRecord::fileName).containsExactly("b");
    assertThat(DatasetSample.of(store, location, inspect(), 1, 9).get(0))
        .extracting(ImageRecord::fileName)
        .containsExactly("a", "c");
  }
}
