package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Converts real pictures, and compares names and labels with those that Python reads from the
 * archives.
 */
@RealData.Needed
class RealPicturesTest {
  private final ObjectStore store = ObjectStores.standard();
  @TempDir private Path directory;

  private ConvertResult convert(Path input, String split, String classes, int size) {
    return new ConvertPipeline(ObjectStores.standard())
        .run(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, Location.of(input))
                .set(ConvertSettings.OUTPUT, Location.of(directory.resolve("output")))
                .set(ConvertSettings.SPLIT, ConvertSettings.SPLIT.parse(split))
                .set(ConvertSettings.CLASSES, classes)
                .set(ConvertSettings.SIZE, size)
                .set(ConvertSettings.SEED, 20121203L)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
  }

  private static void assertConverted(ConvertResult result, long records, int shards, int classes) {
    assertThat(result)
        .extracting(
            ConvertResult::records,
            ConvertResult::rejected,
            ConvertResult::shards,
            ConvertResult::classes)
        .containsExactly(records, 0L, shards, classes);
  }

  /** The label of every image by its file name. */
  private Map<String, Long> labels() {
    Dataset dataset = Dataset.open(store, Location.of(directory.resolve("output")));
    Map<String, Long> labels = new TreeMap<>();
    for (ImageRecord record : ImageRecords.of(dataset)) {
      labels.put(record.fileName(), record.label());
    }
    return labels;
  }

  private String hashOfLabels() throws Exception {
    StringBuilder lines = new StringBuilder();
    labels().forEach((name, label) -> lines.append(name).append(' ').append(label).append('\n'));
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /** The hash comes from {@code src/test/python/archive_labels.py}. */
  @Test
  void convert_trainingArchive_givesEveryPictureItsLabel() throws Exception {
    Path archives = RealData.folder("tiny-imagenet-50");

    ConvertResult result = convert(archives, "train", "all", 64);

    assertConverted(result, 25_000, 20, 1000);
    assertThat(hashOfLabels())
        .isEqualTo("b5caf9f7b94883dfcb8dc7d69a5a31dd76bd1d247e8f8f65d93b3e107bd217fc");
  }

  /** The hash and the pictures come from {@code src/test/python/archive_labels.py}. */
  @Test
  void convert_validationArchive_givesEveryPictureItsLabel() throws Exception {
    Path archives = RealData.folder("tiny-imagenet-50");

    ConvertResult result = convert(archives, "validation", "present", 64);

    assertConverted(result, 2_500, 4, 50);
    assertThat(hashOfLabels())
        .isEqualTo("5073927d453a54962f95db7a7a5177e9066a8ef9937149eafa1b615938890ce5");
    assertThat(labels())
        .containsEntry("ILSVRC2012_val_00000001.JPEG", 35L)
        .containsEntry("ILSVRC2012_val_00000417.JPEG", 15L)
        .containsEntry("ILSVRC2012_val_00000833.JPEG", 28L)
        .containsEntry("ILSVRC2012_val_00001249.JPEG", 48L)
        .containsEntry("ILSVRC2012_val_00001665.JPEG", 31L)
        .containsEntry("ILSVRC2012_val_00002081.JPEG", 31L)
        .containsEntry("ILSVRC2012_val_00002497.JPEG", 7L);
  }

  @Test
  void convert_folders_givesEveryPictureTheLabelOfItsFolder() throws Exception {
    Path folders = RealData.folder("imagenet-sample");
    TreeSet<String> wnids = new TreeSet<>();
    Map<String, Long> expected = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folders, 2)) {
      paths
          .filter(Files::isDirectory)
          .forEach(folder -> wnids.add(folder.getFileName().toString()));
    }
    wnids.remove(folders.getFileName().toString());
    List<String> sorted = List.copyOf(wnids);
    try (Stream<Path> paths = Files.walk(folders, 2)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(
              file ->
                  expected.put(
                      file.getFileName().toString(),
                      (long) sorted.indexOf(file.getParent().getFileName().toString())));
    }

    ConvertResult result = convert(folders, "train", "all", 256);

    assertConverted(result, 500, 4, 500);
    assertThat(labels()).isEqualTo(expected).hasSize(500);
    Dataset dataset = Dataset.open(store, Location.of(directory.resolve("output")));
    assertThat(dataset.manifest().classes()).extracting(ClassLabel::wnid).isEqualTo(sorted);
    // The published mean of ImageNet is (123.7, 116.8, 103.9); 500 pictures come near it.
    assertThat(dataset.statistics().colours().meanColour().get(0)).isBetween(115.0, 132.0);
    assertThat(dataset.statistics().colours().meanColour().get(1)).isBetween(108.0, 125.0);
    assertThat(dataset.statistics().colours().meanColour().get(2)).isBetween(95.0, 112.0);
  }
}
