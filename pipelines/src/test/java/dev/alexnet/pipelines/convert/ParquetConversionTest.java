package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class ParquetConversionTest extends ConversionTest {
  private static final List<String> FILES =
      List.of("train-00000-of-00002.parquet", "train-00001-of-00002.parquet");

  private ConvertSettings settings(Path from, String to) {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, Location.of(from))
        .set(ConvertSettings.OUTPUT, Location.of(directory.resolve(to)))
        .set(ConvertSettings.UNPACK_TO, Location.of(directory.resolve("unpacked")))
        .set(ConvertSettings.SHARDS, 1)
        .set(ConvertSettings.SIZE, SIZE)
        .build();
  }

  /** Only names, labels and bytes of pictures make records, so the layout does not matter. */
  @Test
  void convert_parquet_givesTheRecordsOfTheSamePicturesInAFolder() throws IOException {
    for (String file : FILES) {
      try (InputStream stream =
          getClass().getResourceAsStream("/dev/alexnet/pipelines/parquet/imagenet/data/" + file)) {
        Files.write(input.resolve(file), stream.readAllBytes());
      }
    }
    run(settings(input, "of-parquet"));
    Path folder = Files.createDirectories(directory.resolve("flat/train"));
    for (String file : FILES) {
      extract(
          directory.resolve("unpacked/input").resolve(file.replace(".parquet", ".tar")), folder);
    }
    new SerialConversion(store, settings(folder.getParent(), "of-folder")).run();

    Path shard = Path.of("train-00000-of-00001.tfrecord");
    assertThat(directory.resolve("of-parquet").resolve(shard))
        .hasSameBinaryContentAs(directory.resolve("of-folder").resolve(shard));
    assertThat(Files.readString(directory.resolve("of-parquet/labels.txt")))
        .startsWith("n01440764\ttench, Tinca tinca\n");
  }

  private static void extract(Path tar, Path folder) throws IOException {
    try (TarArchiveInputStream stream = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = stream.getNextEntry();
          entry != null;
          entry = stream.getNextEntry()) {
        Path name = Path.of(entry.getName()).getFileName();
        Files.write(folder.resolve(name), stream.readAllBytes());
      }
    }
  }
}
