package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.PixelSums;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import dev.alexnet.model.image.ConvertedPicture;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class ConvertPipelineTest extends ConversionTest {
  @Test
  void run_trainingArchives_writesEveryPictureInShuffledOrder() throws Exception {
    Map<String, Map<String, byte[]>> pictures = Archives.pictures(5);
    Archives.writeTrain(input, pictures);
    Archives.writeDevkit(input, List.of());

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertResult(result, 15, 0, 2, 0, false, 3);
    PictureOrder order = new PictureOrder(7);
    List<String> expected =
        pictures.values().stream()
            .flatMap(files -> files.keySet().stream())
            .sorted(
                Comparator.comparingInt((String id) -> order.shard(id, 2))
                    .thenComparingLong(order::hash))
            .toList();
    List<ImageRecord> records = records();
    assertThat(records).extracting(ImageRecord::fileName).isEqualTo(expected);
    PixelSums sums = new PixelSums(SIZE);
    TreeMap<String, Long> counts = new TreeMap<>();
    for (Map<String, byte[]> files : pictures.values()) {
      for (byte[] file : files.values()) {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        counts.merge(picture.getWidth() + "x" + picture.getHeight(), 1L, Long::sum);
      }
    }
    SizeHistogram sizes = new SizeHistogram(counts);
    try (PictureConverter converter = new PictureConverter(SIZE, 95, ResizeMethod.AREA)) {
      for (ImageRecord record : records) {
        String wnid = record.fileName().substring(0, 9);
        ConvertedPicture converted = converter.convert(pictures.get(wnid).get(record.fileName()));
        assertThat(record.wnid()).isEqualTo(wnid);
        assertThat(record.label()).isEqualTo(Archives.WNIDS.indexOf(wnid));
        assertThat(record.image()).isEqualTo(converted.jpeg());
        sums.add(converted.pixels());
      }
    }
    Dataset dataset = Dataset.open(store, Location.of(output));
    assertThat(dataset.statistics().colours()).isEqualTo(sums.colourStatistics());
    assertThat(dataset.statistics().imagesOfClass())
        .isEqualTo(
            Archives.WNIDS.stream()
                .collect(Collectors.toMap(wnid -> wnid, wnid -> 5L, (a, b) -> a, TreeMap::new)));
    assertThat(dataset.statistics().pictures()).isEqualTo(sizes.summary());
    assertThat(dataset.meanImage().values()).isEqualTo(sums.meanImage().values());
    assertThat(dataset.manifest().source())
        .endsWith("bytes; images of 3 classes, 5 each")
        .startsWith("ILSVRC2012 train archive ILSVRC2012_img_train.tar, ");
    assertThat(rejections()).isEmpty();
    assertThat(output.resolve(".convert")).doesNotExist();
  }

  @Test
  void run_validationArchive_takesLabelsFromTheGroundTruth() throws Exception {
    Archives.writeValidation(input, 6);
    Archives.writeDevkit(input, List.of(2, 0, 1, 1, 0, 2));

    assertResult(run(settings("validation", 0, 7, 0, 0)), 6, 0, 4, 0, false, 3);

    assertThat(records())
        .extracting(ImageRecord::fileName, ImageRecord::label, ImageRecord::wnid)
        .containsExactlyInAnyOrder(
            tuple("ILSVRC2012_val_00000001.JPEG", 2L, "n03255030"),
            tuple("ILSVRC2012_val_00000002.JPEG", 0L, "n01440764"),
            tuple("ILSVRC2012_val_00000003.JPEG", 1L, "n02119789"),
            tuple("ILSVRC2012_val_00000004.JPEG", 1L, "n02119789"),
            tuple("ILSVRC2012_val_00000005.JPEG", 0L, "n01440764"),
            tuple("ILSVRC2012_val_00000006.JPEG", 2L, "n03255030"));
  }

  @Test
  void run_slimRecords_holdTheSameImagesAndLabelsAndAreAnotherDataset() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));
    ConvertSettings plain = settings("train", 2, 7, 0, 0);
    run(plain);
    List<ImageRecord> expected = records();
    Failure refused = failureOf(slim(plain));
    assertThat(refused.kind()).isEqualTo(Failure.Kind.OUTPUT_EXISTS);
    assertThat(refused).hasMessageContaining("made with record-schema 'tfds'; now it is 'slim'");

    output = directory.resolve("slim");
    run(slim(settings("train", 2, 7, 0, 0)));

    assertThat(records()).usingRecursiveComparison().isEqualTo(expected);
    DatasetManifest manifest = Dataset.open(store, Location.of(output)).manifest();
    assertThat(manifest.recordSchema()).isEqualTo(RecordSchema.SLIM);
    assertThat(manifest.labelBase()).isEqualTo(1);
  }

  private static ConvertSettings slim(ConvertSettings like) {
    return ConvertSettings.DEFINITION
        .builder(like)
        .set(ConvertSettings.RECORD_SCHEMA, RecordSchema.SLIM)
        .build();
  }

  @Test
  void run_oneWorkerAndFour_writeTheSameBytes() throws Exception {
    Archives.writeTrain(input, Archives.pictures(8));
    Archives.writeDevkit(input, List.of());
    run(settings("train", 5, 7, 0, 0), "--targetParallelism=1");
    Map<String, String> one = contentOf(output);
    store.deleteDirectory(Location.of(output));

    run(settings("train", 5, 7, 0, 0), "--targetParallelism=4");

    assertThat(contentOf(output)).isEqualTo(one);
  }

  @Test
  void run_moreShardsThanPictures_writesEmptyOnes() throws Exception {
    Archives.writeFolders(input, Map.of("cat", Map.of("1.jpg", Drawing.jpeg(40, 40, 1))));

    assertThat(run(settings("train", 3, 7, 0, 0)).shards()).isEqualTo(3);

    Dataset dataset = Dataset.open(store, Location.of(output));
    assertThat(dataset.manifest().shards())
        .extracting(Shard::records)
        .containsExactlyInAnyOrder(1L, 0L, 0L);
    assertThat(records()).hasSize(1);
  }

  @Test
  void run_pipeline_reportsProgressUpToTheEnd() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));
    List<String> reports = new ArrayList<>();

    new ConvertPipeline(ObjectStores.standard())
        .run(
            settings("train", 1, 7, 0, 0),
            PipelineOptionsFactory.create(),
            (done, total, unit, details) ->
                reports.add(done + "/" + total + " " + unit + ", " + details));

    long bytes =
        Dataset.open(store, Location.of(output)).manifest().shards().stream()
            .mapToLong(Shard::bytes)
            .sum();
    assertThat(reports).last().isEqualTo("6/6 images, " + bytes + " bytes written");
  }

  @Test
  void launch_flags_convertsAsSettingsDo() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));

    launch("--input=" + input, "--output=" + output, "--size=32", "--shards=2", "--seed=7");

    Map<String, String> byFlags = contentOf(output);
    store.deleteDirectory(Location.of(output));
    run(settings("train", 2, 7, 0, 0));
    assertThat(contentOf(output)).isEqualTo(byFlags);
  }
}
