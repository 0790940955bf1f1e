package dev.alexnet.pipelines.augment;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ImageRecords;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class AugmentPipelineTest extends AugmentationTest {
  @Test
  void run_ofThreeCopies_holdsThreeVariantsOfEveryImageWithItsLabel() throws IOException {
    AugmentResult result = augment("three", OPERATIONS, 1);
    assertThat(result.records()).isEqualTo(3 * IMAGES);
    Dataset augmented = open("three");
    assertThat(augmented.manifest().imageSize()).isEqualTo(48);
    assertThat(augmented.manifest().meanImageSize()).isEqualTo(56);
    assertThat(augmented.manifest().operations())
        .containsExactly("random_crop(48)", "flip", "colour(0.1)");
    assertThat(augmented.meanImage().values()).isEqualTo(data.meanImage().values());
    assertThat(augmented.statistics()).isEqualTo(data.statistics());
    assertThat(directory.resolve("three/features.json"))
        .content()
        .contains("\"dimensions\" : [ \"48\", \"48\", \"3\" ]");

    Map<String, Long> labels = new TreeMap<>();
    ImageRecords.of(data).forEach(record -> labels.put(record.fileName(), record.label()));
    List<String> names = new ArrayList<>();
    for (ImageRecord record : ImageRecords.of(augmented)) {
      var image = ImageIO.read(new ByteArrayInputStream(record.image()));
      assertThat(image.getWidth()).isEqualTo(48);
      assertThat(image.getHeight()).isEqualTo(48);
      String original = record.fileName().replaceFirst("#[012]$", "");
      assertThat(record.label()).isEqualTo(labels.get(original));
      names.add(record.fileName());
    }
    assertThat(names).hasSize(3 * IMAGES).doesNotHaveDuplicates();
    assertThat(directory.resolve("three/.augment")).doesNotExist();
  }

  @Test
  void run_ofTenViews_holdsTenRecordsOfEveryImageAtTheirScale() throws IOException {
    new AugmentPipeline(ObjectStores.standard())
        .run(
            AugmentSettings.builder()
                .set(AugmentSettings.DATA, data.location())
                .set(AugmentSettings.OUTPUT, Location.of(directory.resolve("views")))
                .set(AugmentSettings.OPERATIONS, "resize_small( 40 )|ten_views(32)")
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);
    Dataset views = open("views");
    assertThat(views.manifest().records()).isEqualTo(10 * IMAGES);
    assertThat(views.manifest().operations()).containsExactly("resize_small(40)", "ten_views(32)");
    assertThat(views.manifest().settings()).containsEntry("copies", "10");
    assertThat(views.manifest().imageSize()).isEqualTo(32);
    assertThat(views.manifest().meanImageSize()).isEqualTo(40);
    assertThat(views.meanImage().size()).isEqualTo(40);

    Map<String, byte[]> images = new TreeMap<>();
    ImageRecords.of(views).forEach(record -> images.put(record.fileName(), record.image()));
    assertThat(images).hasSize(10 * IMAGES);
    int[] topLeft = pixels(images.get("train0.JPEG#0"));
    int[] mirrored = pixels(images.get("train0.JPEG#5"));
    double difference = 0;
    for (int i = 0; i < 32 * 32; i++) {
      int opposite = mirrored[i / 32 * 32 + 31 - i % 32];
      difference += Math.abs((topLeft[i] >> 8 & 0xff) - (opposite >> 8 & 0xff));
    }
    assertThat(difference / (32 * 32)).isLessThan(3);
  }

  private static int[] pixels(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg)).getRGB(0, 0, 32, 32, null, 0, 32);
  }

  @Test
  void new_ofTenViewsWithAnotherNumberOfCopies_isRefused() {
    assertThatFailure(() -> augment("views-of-three", "ten_views(32)", 1))
        .isOfKind(Failure.Kind.USAGE)
        .hasMessageContaining("copies is 3, but ten_views makes ten of each image");
  }

  @Test
  void run_withOtherParallelism_givesTheSameBytes() throws IOException {
    augment("narrow", OPERATIONS, 1, "--targetParallelism=1", "--enforceImmutability=true");
    augment("wide", OPERATIONS, 1, "--targetParallelism=4", "--enforceEncodability=true");
    assertThat(shards("wide").keySet()).isEqualTo(shards("narrow").keySet());
    shards("narrow").forEach((name, bytes) -> assertThat(wide(name)).as(name).isEqualTo(bytes));
  }

  private static byte[] wide(String name) {
    try {
      return Files.readAllBytes(directory.resolve("wide").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void run_onSlimRecords_givesTheSameVariantsInSlimRecords() {
    Dataset slim = DatasetFixture.writeSlim(directory.resolve("slim-data"), "train", 56, 3, IMAGES);
    augment("plain", OPERATIONS, 1);
    Location output = Location.of(directory.resolve("slim"));
    new AugmentPipeline(ObjectStores.standard())
        .run(
            AugmentSettings.builder()
                .set(AugmentSettings.DATA, slim.location())
                .set(AugmentSettings.OUTPUT, output)
                .set(AugmentSettings.COPIES, 3)
                .set(AugmentSettings.OPERATIONS, OPERATIONS)
                .build(),
            PipelineOptionsFactory.create(),
            Progress.SILENT);

    assertThat(open("slim").manifest().recordSchema()).isEqualTo(RecordSchema.SLIM);
    assertThat(ImageRecords.of(open("slim")))
        .usingRecursiveComparison()
        .isEqualTo(ImageRecords.of(open("plain")));
  }

  @Test
  void run_withAnotherSeed_givesOtherPictures() {
    augment("seed1", OPERATIONS, 1);
    augment("seed2", OPERATIONS, 2);
    assertThat(ImageRecords.of(open("seed2")).get(0).image())
        .isNotEqualTo(ImageRecords.of(open("seed1")).get(0).image());
  }
}
