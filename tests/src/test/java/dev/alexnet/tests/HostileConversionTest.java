package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.testing.Bombs;
import dev.alexnet.model.testing.ImageRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred decompression bombs among a hundred sound pictures, in a process with a small heap. */
class HostileConversionTest {
  private static final int OF_EACH = 20;
  private static final List<String> SOUND =
      List.of("landscape.jpg", "portrait.jpg", "grey.jpg", "palette.png", "cmyk.jpg");

  @TempDir Path directory;

  @Test
  void convert_bombsBetweenPicturesOnASmallHeap_losesNoPicture() throws Exception {
    Map<String, byte[]> bombs = new TreeMap<>();
    bombs.put("frame.JPEG", Bombs.hugeJpeg());
    bombs.put("bits.png", Bombs.hugePng());
    bombs.put("texts.png", Bombs.pngWithChunks("zTXt", 17));
    bombs.put("profiles.png", Bombs.pngWithChunks("iCCP", 17));
    bombs.put("layers.JPEG", Bombs.gzip(128));
    Path mixed = Files.createDirectories(directory.resolve("mixed/n00000001"));
    Path sound = Files.createDirectories(directory.resolve("sound/n00000001"));
    for (int i = 0; i < OF_EACH; i++) {
      for (String name : SOUND) {
        Files.write(sound.resolve(i + name), Bombs.picture(name));
        Files.write(mixed.resolve(i + name), Bombs.picture(name));
      }
      for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
        Files.write(mixed.resolve(i + bomb.getKey()), bomb.getValue());
      }
    }

    long without = peakOfConverting("sound");
    long with = peakOfConverting("mixed");

    assertThat(records("mixed")).hasSize(OF_EACH * SOUND.size()).isEqualTo(records("sound"));
    List<Rejection> rejections = rejections("mixed");
    assertThat(rejections).hasSize(OF_EACH * bombs.size());
    assertThat(rejections).extracting(Rejection::reason).containsOnly("TOO_LARGE");
    assertThat(
            rejections.stream()
                .collect(
                    Collectors.toMap(HostileConversionTest::kind, r -> r.message(), (a, b) -> a)))
        .containsOnlyKeys(bombs.keySet())
        .hasEntrySatisfying("frame.JPEG", message -> assertThat(message).contains("20000 × 20000"))
        .hasEntrySatisfying("bits.png", message -> assertThat(message).contains("12000 × 12000"))
        .hasEntrySatisfying("texts.png", message -> assertThat(message).contains("compressed"))
        .hasEntrySatisfying("profiles.png", message -> assertThat(message).contains("compressed"))
        .hasEntrySatisfying("layers.JPEG", message -> assertThat(message).contains("gzip'd"));
    // One of the large pictures decoded would be 432 or 1,200 MB.
    assertThat(with - without).isLessThan(200L << 20);
  }

  private long peakOfConverting(String input) throws Exception {
    AlexnetProcess process =
        AlexnetProcess.start(
            directory,
            List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
            List.of(
                "convert",
                "--input=" + input,
                "--output=dataset-" + input,
                "--layout=folders",
                "--size=64",
                "--shards=2",
                "--max-rejected=100"));
    long peak = process.peakMemory();
    AlexnetProcess.Ended ended = process.await();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    return peak;
  }

  /** The hash of each image by its name. */
  private Map<String, String> records(String input) {
    Dataset dataset =
        Dataset.open(ObjectStores.standard(), Location.of(directory.resolve("dataset-" + input)));
    Map<String, String> hashes = new TreeMap<>();
    for (ImageRecord record : ImageRecords.of(dataset)) {
      hashes.put(record.fileName(), Sha256.of(record.image()));
    }
    return hashes;
  }

  private List<Rejection> rejections(String input) throws IOException {
    Path file = directory.resolve("dataset-" + input).resolve(Dataset.REJECTED);
    return Files.readAllLines(file).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Rejection.class, file))
        .toList();
  }

  /** The picture's name without its number. */
  private static String kind(Rejection rejection) {
    return rejection.image().replaceFirst(".*?\\d+(\\D+)$", "$1");
  }
}
