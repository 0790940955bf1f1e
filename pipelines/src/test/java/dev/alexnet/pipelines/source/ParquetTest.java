package dev.alexnet.pipelines.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tests of Parquet files share: files that another program wrote, and what is in them. */
abstract class ParquetTest extends SourceTest {
  private static final String GOLDEN = "/dev/alexnet/pipelines/parquet/";

  /** Copies a file to the test's directory, under its own name. */
  Path copy(String file) throws IOException {
    return copy(file, file);
  }

  Path copy(String file, String name) throws IOException {
    Path copy = directory.resolve(name);
    Files.createDirectories(copy.getParent());
    try (InputStream stream = ParquetTest.class.getResourceAsStream(GOLDEN + file)) {
      Files.write(copy, stream.readAllBytes());
    }
    return copy;
  }

  void copyImagenet() throws IOException {
    copy("imagenet/data/train-00000-of-00002.parquet");
    copy("imagenet/data/train-00001-of-00002.parquet");
    copy("imagenet/data/validation-00000-of-00001.parquet");
    copy("imagenet/data/test-00000-of-00001.parquet");
  }

  PictureSource unpack(String input, Split split) {
    return unpack(input, split, InputLayout.AUTO, "all");
  }

  PictureSource unpack(String input, Split split, InputLayout layout, String classes) {
    return PictureSource.find(
        ObjectStores.standard(),
        new SourceSettings(
            Location.of(directory.resolve(input)),
            split,
            layout,
            null,
            classes,
            ClassOrder.AUTO,
            Location.of(directory.resolve("unpacked")),
            false));
  }

  /** The label and the SHA-256 of the bytes of each picture. */
  static List<String> labelsAndBytes(PictureSource source) {
    return Index.of(source).pictures.stream()
        .map(
            picture ->
                source.labels().labelOf(picture.wnid()).orElse(-1)
                    + " "
                    + Sha256.of(
                        STORE.readRange(
                            picture.archive(),
                            STORE.find(picture.archive()).orElseThrow().generation(),
                            picture.offset(),
                            (int) picture.length())))
        .toList();
  }

  /** The same as the program that wrote a file has it. */
  static List<String> golden(String... files) throws IOException {
    List<String> rows = new ArrayList<>();
    try (InputStream stream = ParquetTest.class.getResourceAsStream(GOLDEN + "golden.json")) {
      JsonNode golden = new ObjectMapper().readTree(stream);
      for (String file : files) {
        golden
            .get(file)
            .forEach(row -> rows.add(row.get("label").asText() + " " + row.get("sha256").asText()));
      }
    }
    return rows;
  }
}
