package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.LayoutTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole conversions of the same pictures in several layouts, on Beam's direct runner. */
class ConvertLayoutsTest extends ConversionTest {
  private static final String SHARD = "train-00000-of-00001.tfrecord";

  private List<ImageRecord> ofFolders;

  @BeforeEach
  void convertFolders() throws IOException {
    Archives.writeFolders(input.resolve("folders"), Archives.pictures(2));
    ofFolders = converted("folders");
  }

  private List<ImageRecord> converted(String layout) {
    Path root = input;
    input = root.resolve(layout);
    output = directory.resolve("of-" + layout);
    run(settings("train", 1, 7, 0, 0));
    input = root;
    return records();
  }

  @Test
  void run_classTars_givesTheRecordsOfFolders() throws IOException {
    LayoutTrees.writeClassTars(Files.createDirectory(input.resolve("tars")), Archives.pictures(2));

    converted("tars");

    assertThat(contentOf(output).get(SHARD))
        .isEqualTo(contentOf(directory.resolve("of-folders")).get(SHARD))
        .isNotNull();
  }

  @Test
  void run_kagglesFolders_givesTheLabelsOfFolders() throws IOException {
    LayoutTrees.writeKaggle(input.resolve("kaggle"), Archives.pictures(2));

    assertThat(labels(converted("kaggle"))).isEqualTo(labels(ofFolders));
  }

  @Test
  void run_huggingFacesTars_givesTheLabelsOfFolders() throws IOException {
    LayoutTrees.writeHuggingFace(
        Files.createDirectory(input.resolve("tars")), Archives.pictures(2));

    assertThat(
            labels(converted("tars")).stream()
                .map(picture -> picture.replaceFirst("_n\\d{8}\\.JPEG", ".JPEG")))
        .containsExactlyInAnyOrderElementsOf(labels(ofFolders));
  }

  @Test
  void run_webDataset_givesEachPictureItsLabel() throws IOException {
    LayoutTrees.writeWebDataset(Files.createDirectory(input.resolve("tars")), Archives.pictures(2));
    Archives.writeDevkit(input.resolve("tars"), List.of());

    assertThat(labels(converted("tars")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 6)
                .mapToObj(
                    key -> "%06d.jpg %d %s".formatted(key, key / 2, Archives.WNIDS.get(key / 2)))
                .toList());
  }

  private static List<String> labels(List<ImageRecord> records) {
    return records.stream()
        .map(record -> "%s %d %s".formatted(record.fileName(), record.label(), record.wnid()))
        .toList();
  }
}
