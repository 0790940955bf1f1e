package dev.alexnet.pipelines.convert;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.LayoutTrees;
import dev.alexnet.pipelines.fixture.TarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversions whose pictures and dataset are on an object store. */
@Timeout(300)
@Tag("long")
class ObjectStoreConversionTest extends ConversionTest {
  private static final String TRAIN = "input/ILSVRC2012_img_train.tar";
  private static final String VALIDATION = "input/ILSVRC2012_img_val.tar";
  private static final String DEVKIT = "input/ILSVRC2012_devkit_t12.tar.gz";

  private final FakeGcs gcs = new FakeGcs();
  private final ObjectStore cloud = EmulatedStores.standard(gcs);

  @AfterEach
  void tearDown() {
    gcs.close();
  }

  private static ConvertSettings on(ConvertSettings settings, String input, String output) {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, new Location(input))
        .set(ConvertSettings.OUTPUT, new Location(output))
        .set(ConvertSettings.SPLIT, settings.split())
        .set(ConvertSettings.SHARDS, settings.shards())
        .set(ConvertSettings.SIZE, settings.size())
        .set(ConvertSettings.SEED, settings.seed())
        .set(ConvertSettings.CLASSES, settings.classes())
        .build();
  }

  private static ConvertSettings inBucket(ConvertSettings settings) {
    return on(settings, "gs://bucket/input", "gs://bucket/output");
  }

  private void upload() throws IOException {
    try (Stream<Path> files = Files.walk(input)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        gcs.put("input/" + input.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private Map<String, String> contentOfBucket() {
    Map<String, String> files = new TreeMap<>();
    for (String name : gcs.names(FakeGcs.BUCKET, "output/")) {
      String content = new String(gcs.content(FakeGcs.BUCKET, name), StandardCharsets.ISO_8859_1);
      files.put(name.substring("output/".length()), content);
    }
    return withoutStamps(files);
  }

  private Map<String, String> contentOfDirectory() throws IOException {
    return withoutStamps(contentOf(output));
  }

  /** Without the record of inputs, which has generations of objects for times of files. */
  private static Map<String, String> withoutStamps(Map<String, String> files) {
    Map<String, String> dataset = new TreeMap<>(files);
    assertThat(dataset.remove(".inputs")).isNotNull();
    return dataset;
  }

  private void deleteOutput() {
    cloud.deleteDirectory(new Location("gs://bucket/output"));
  }

  private ConvertSettings trainArchive(int pictures, int shards) throws IOException {
    Archives.writeTrain(input, Archives.pictures(pictures));
    Archives.writeDevkit(input, List.of());
    upload();
    return settings("train", shards, 7, 0, 0);
  }

  private ConvertSettings validationArchive() throws IOException {
    Archives.writeValidation(input, 5);
    Archives.writeDevkit(input, List.of(0, 1, 2, 1, 0));
    upload();
    return settings("validation", 2, 7, 0, 0);
  }

  private ConvertSettings folders(int pictures) throws IOException {
    Archives.writeFolders(input, Archives.pictures(pictures));
    upload();
    return settings("train", 2, 7, 0, 0);
  }

  private ConvertSettings layout(String layout, Map<String, Map<String, byte[]>> pictures)
      throws IOException {
    switch (layout) {
      case "class tars" -> LayoutTrees.writeClassTars(input, pictures);
      case "hugging face" -> LayoutTrees.writeHuggingFace(input, pictures);
      case "webdataset" -> LayoutTrees.writeWebDataset(input, pictures);
      default -> LayoutTrees.writeKaggle(input, pictures);
    }
    upload();
    return settings("train", 2, 7, 0, 0);
  }

  private ConvertSettings source(String layout) throws IOException {
    return switch (layout) {
      case "train archive" -> trainArchive(4, 2);
      case "validation archive" -> validationArchive();
      case "folders" -> folders(4);
      default -> layout(layout, Archives.pictures(3));
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train archive",
        "validation archive",
        "folders",
        "class tars",
        "hugging face",
        "webdataset",
        "kaggle"
      })
  void convert_onAnObjectStore_givesTheBytesOfALocalConversion(String layout) throws IOException {
    ConvertSettings settings = source(layout);
    new SerialConversion(store, settings).run();

    new SerialConversion(cloud, inBucket(settings)).run();

    assertThat(contentOfBucket()).isEqualTo(contentOfDirectory()).containsKey("dataset.json");
  }

  @Test
  void convert_someClassesOfAnArchive_givesTheBytesOfALocalConversion() throws IOException {
    trainArchive(3, 2);
    Path classes = Files.writeString(directory.resolve("classes.txt"), "n02119789\tkit fox\n");
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(input))
            .set(ConvertSettings.OUTPUT, Location.of(output))
            .set(ConvertSettings.SHARDS, 2)
            .set(ConvertSettings.SIZE, SIZE)
            .set(ConvertSettings.CLASSES, classes.toString())
            .build();
    new SerialConversion(store, settings).run();

    new SerialConversion(cloud, inBucket(settings)).run();

    assertThat(contentOfBucket()).isEqualTo(contentOfDirectory());
    gcs.rot(FakeGcs.BUCKET, TRAIN, 600);
    assertThatFailure(() -> new SerialConversion(cloud, inBucket(settings)).index())
        .as("an archive that is damaged in a class that was left out")
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith("gs://bucket/" + TRAIN + " is damaged: ");
  }

  @Test
  void write_manyPictures_keepsAtMost32ReadsInFlight() throws IOException {
    SerialConversion conversion = new SerialConversion(cloud, inBucket(folders(40)));
    conversion.index();
    gcs.reset();
    gcs.setLatency(Duration.ofMillis(50));

    conversion.write();

    assertThat(gcs.mostInFlight()).isBetween(16, PictureReader.IN_FLIGHT);
    assertThat(gcs.requests())
        .filteredOn(request -> request.contains("JPEG"))
        .hasSize(3 * 40)
        .doesNotHaveDuplicates()
        .allMatch(request -> request.contains("bytes=0-"));
  }

  @Test
  void index_archive_keeps16BlocksInFlight() throws IOException {
    Archives.writeDevkit(input, List.of(0));
    byte[] large = new byte[40 << 20];
    new TarBuilder()
        .add(Archives.validationName(1), large)
        .write(input.resolve("ILSVRC2012_img_val.tar"));
    upload();
    gcs.setLatency(Duration.ofMillis(50));

    new SerialConversion(cloud, inBucket(settings("validation", 1, 7, 0, 0))).index();

    assertThat(gcs.mostInFlight()).isEqualTo(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {TRAIN, VALIDATION, DEVKIT})
  void index_archiveWithAFlippedBitAnywhere_isRefused(String archive) throws IOException {
    ConvertSettings settings =
        archive.equals(VALIDATION) ? validationArchive() : trainArchive(1, 1);
    byte[] content = gcs.content(FakeGcs.BUCKET, archive);
    // Every header and its name, its content and its padding, and the end of the archive.
    for (int offset = 0; offset < content.length; offset += 251) {
      gcs.rot(FakeGcs.BUCKET, archive, offset);

      assertThatFailure(() -> new SerialConversion(cloud, inBucket(settings)).index())
          .as("byte %d of %d", offset, content.length)
          .isOfKind(Failure.Kind.BAD_DATA)
          .hasMessageContaining("gs://bucket/" + archive);

      gcs.rot(FakeGcs.BUCKET, archive, offset);
    }
  }

  @Test
  void write_pictureInAFolderWithAFlippedBit_isRefused() throws IOException {
    SerialConversion conversion = new SerialConversion(cloud, inBucket(folders(2)));
    conversion.index();
    String picture = gcs.names(FakeGcs.BUCKET, "input/n02119789/").get(0);
    gcs.rot(FakeGcs.BUCKET, picture, 300);

    assertThatFailure(conversion::write)
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("bytes of gs://bucket/" + picture + " at byte 0 are damaged");
  }

  @Test
  void write_archiveThatWasReplaced_isRefused() throws IOException {
    SerialConversion conversion = new SerialConversion(cloud, inBucket(trainArchive(2, 1)));
    conversion.index();
    gcs.put(TRAIN, gcs.content(FakeGcs.BUCKET, TRAIN));

    assertThatFailure(conversion::write)
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("gs://bucket/" + TRAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train archive", "validation archive", "folders"})
  void convert_flippedBitInEachResponse_isRepairedOrRefusedAndTheNextRunFinishes(String layout)
      throws IOException {
    ConvertSettings settings = source(layout);
    new SerialConversion(store, settings).run();
    Map<String, String> expected = contentOfDirectory();
    long injected = 1;
    int k = 0;
    while (injected == 1) {
      k++;
      gcs.reset();
      gcs.script(FaultScript.of(Fault.FLIPPED_BIT).on(RequestKind.MEDIA).at(k));
      try {
        new SerialConversion(cloud, inBucket(settings)).run();
      } catch (Failure e) {
        assertThat(e.kind()).isIn(Failure.Kind.REMOTE, Failure.Kind.BAD_DATA);
        assertThat(e).hasMessageContaining("gs://bucket/");
        new SerialConversion(cloud, inBucket(settings)).run();
      }
      injected = gcs.injected().getOrDefault(Fault.FLIPPED_BIT, 0L);
      assertThat(contentOfBucket()).as("bit flipped in response %d", k).isEqualTo(expected);
      deleteOutput();
    }
    // The last one was not reached, because the conversion made fewer requests.
    assertThat(k).isGreaterThan(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train archive", "validation archive", "folders"})
  void convert_checksumToldWrongInEachResponse_isAskedAgain(String layout) throws IOException {
    ConvertSettings settings = source(layout);
    new SerialConversion(store, settings).run();
    Map<String, String> expected = contentOfDirectory();
    long injected = 1;
    for (int k = 1; injected == 1; k++) {
      gcs.reset();
      gcs.script(
          FaultScript.of(Fault.WRONG_CHECKSUM)
              .on(RequestKind.METADATA, RequestKind.LIST)
              .named("input.*")
              .at(k));
      new SerialConversion(cloud, inBucket(settings)).run();
      injected = gcs.injected().getOrDefault(Fault.WRONG_CHECKSUM, 0L);
      assertThat(contentOfBucket()).as("checksum wrong in response %d", k).isEqualTo(expected);
      deleteOutput();
    }
  }
}
