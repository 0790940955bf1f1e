package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.PixelSums;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.image.ConvertedPicture;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import dev.alexnet.pipelines.source.SourceSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertPipelineTest {
  private static final int SIZE = 32;
  private static final ShardWriter.Listener SILENT =
      new ShardWriter.Listener() {
        @Override
        public void done(long pictures) {}

        @Override
        public void rejected() {}

        @Override
        public void skipped() {}
      };

  private final ObjectStore store = ObjectStores.standard();
  @TempDir private Path directory;
  private Path input;
  private Path output;

  @BeforeEach
  void setUp() throws IOException {
    input = Files.createDirectory(directory.resolve("input"));
    output = directory.resolve("output");
  }

  private ConvertSettings settings(String split, int shards, long seed, long limit, long rejected) {
    return new ConvertSettings(
        Location.of(input),
        Location.of(output),
        split,
        "auto",
        null,
        "all",
        shards,
        SIZE,
        95,
        "area",
        "tfds",
        seed,
        0,
        limit,
        rejected);
  }

  private ConvertSettings perClass(int shards, long perClass, long limit) {
    return new ConvertSettings(
        Location.of(input),
        Location.of(output),
        "train",
        "auto",
        null,
        "all",
        shards,
        SIZE,
        95,
        "area",
        "tfds",
        7,
        perClass,
        limit,
        0);
  }

  private static ConvertSettings slim(ConvertSettings like) {
    return new ConvertSettings(
        like.input(),
        like.output(),
        like.split(),
        like.layout(),
        like.devkit(),
        like.classes(),
        like.shards(),
        like.size(),
        like.quality(),
        like.resize(),
        "slim",
        like.seed(),
        like.perClass(),
        like.limit(),
        like.maxRejected());
  }

  private static ConvertResult run(ConvertSettings settings, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--enforceImmutability=true",
            "--enforceEncodability=true",
            "--stableUniqueNames=ERROR"));
    return ConvertPipeline.run(
        settings,
        PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create(),
        Progress.SILENT);
  }

  private static void assertResult(
      ConvertResult result,
      long records,
      long rejected,
      int shards,
      int skippedShards,
      boolean alreadyComplete,
      int classes) {
    assertThat(result)
        .extracting(
            ConvertResult::records,
            ConvertResult::rejected,
            ConvertResult::shards,
            ConvertResult::skippedShards,
            ConvertResult::alreadyComplete,
            ConvertResult::classes)
        .containsExactly(records, rejected, shards, skippedShards, alreadyComplete, classes);
  }

  private static Failure failureOf(ConvertSettings settings) {
    return catchThrowableOfType(Failure.class, () -> run(settings).withinBudget());
  }

  private List<ImageRecord> records() throws IOException {
    Dataset dataset = Dataset.open(store, Location.of(output));
    List<ImageRecord> records = new ArrayList<>();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader reader = dataset.read(shard)) {
        for (byte[] data = reader.next(); data != null; data = reader.next()) {
          records.add(dataset.manifest().codec().decode(data, reader.where()));
        }
      }
    }
    return records;
  }

  private List<Rejection> rejections() throws IOException {
    return Files.readAllLines(output.resolve("rejected.jsonl")).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), Rejection.class, line))
        .toList();
  }

  /** Name and content of every file under a directory. */
  private static Map<String, String> contentOf(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String content = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        files.put(root.relativize(path).toString(), content);
      }
    }
    return files;
  }

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
  void run_brokenPictures_areRejectedWithTheirReasons() throws Exception {
    byte[] good = Drawing.jpeg(50, 40, 1);
    Map<String, Map<String, byte[]>> pictures = new TreeMap<>();
    pictures.put(
        "n01440764",
        new TreeMap<>(
            Map.of(
                "n01440764_1.JPEG",
                good,
                "n01440764_2.JPEG",
                Arrays.copyOf(good, good.length / 2),
                "n01440764_3.JPEG",
                "<html>Not available</html>".getBytes(StandardCharsets.UTF_8),
                "n01440764_4.JPEG",
                new byte[0],
                "n01440764_5.JPEG",
                Drawing.png(40, 40, 2),
                "readme.txt",
                good)));
    pictures.put("n99999999", Map.of("n99999999_1.JPEG", good));
    Archives.writeTrain(input, pictures);
    Archives.writeDevkit(input, List.of());

    ConvertResult result = run(settings("train", 1, 7, 0, 5));

    assertResult(result, 2, 5, 1, 0, false, 3);
    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrder("n01440764_1.JPEG", "n01440764_5.JPEG");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactlyInAnyOrder(
            tuple("readme.txt", "UNEXPECTED_NAME"),
            tuple("n01440764_2.JPEG", "TRUNCATED"),
            tuple("n01440764_3.JPEG", "NOT_AN_IMAGE"),
            tuple("n01440764_4.JPEG", "EMPTY"),
            tuple("n99999999_1.JPEG", "UNKNOWN_CLASS"));
    byte[] archive = Files.readAllBytes(input.resolve("ILSVRC2012_img_train.tar"));
    Rejection page =
        rejections().stream().filter(r -> r.reason().equals("NOT_AN_IMAGE")).findFirst().get();
    assertThat(new String(archive, (int) page.offset(), 6, StandardCharsets.UTF_8))
        .isEqualTo("<html>");
    assertThat(page.source()).isEqualTo(input.resolve("ILSVRC2012_img_train.tar").toString());
  }

  @Test
  void run_moreRejectedThanAllowed_failsAfterAllIsWritten() throws Exception {
    Archives.writeFolders(
        input, Map.of("cat", Map.of("1.jpg", Drawing.jpeg(40, 40, 1), "2.jpg", new byte[0])));

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            "1 picture was rejected; the settings allow 0. The other 1 are in "
                + output
                + ", complete. Read "
                + output
                + "/rejected.jsonl, then mend the source or raise --max-rejected.");
    assertThat(records()).extracting(ImageRecord::fileName).containsExactly("cat/1.jpg");
    assertThat(failureOf(settings("train", 1, 7, 0, 0))).hasMessage(failure.getMessage());
    assertResult(run(settings("train", 1, 7, 0, 1)), 1, 1, 1, 1, true, 1);
  }

  @Test
  void run_nothingButBrokenPictures_failsAndNamesTheFirst() throws Exception {
    Archives.writeFolders(input, Map.of("cat", Map.of("1.jpg", new byte[0])));

    Failure failure = failureOf(settings("train", 1, 7, 0, 9));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            "No picture of 1 class folder of input is left; 1 picture was rejected. The first,"
                + " cat/1.jpg of "
                + input
                + "/cat/1.jpg at byte 0, as EMPTY: the file is empty. All are in "
                + output
                + "/rejected.jsonl");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactly(tuple("cat/1.jpg", "EMPTY"));
    assertThat(Dataset.isAt(store, Location.of(output))).isFalse();
  }

  @Test
  void run_nothingButStrangeNames_failsAndListsThem() throws Exception {
    Archives.writeFolders(input, Map.of("cat", Map.of("notes.txt", new byte[1])));

    assertThat(failureOf(settings("train", 1, 7, 0, 9)).kind()).isEqualTo(Kind.BAD_DATA);

    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactly(tuple("cat/notes.txt", "UNEXPECTED_NAME"));
  }

  @Test
  void run_hiddenAndForeignNames_areCountedAndNamedInTheManifest() throws Exception {
    Archives.writeFolders(
        input,
        Map.of(
            "cat",
            Map.of("1.jpg", Drawing.jpeg(40, 40, 1), "._1.jpg", new byte[9], "..JPEG", new byte[9]),
            ".git",
            Map.of("2.jpg", new byte[9])));
    Files.write(input.resolve("readme.txt"), new byte[1]);

    ConvertResult result = run(settings("train", 1, 7, 0, 0));

    assertThat(result.source())
        .isEqualTo(
            "1 class folder of input; images of 1 class, 1 each; 4 names ignored: .git/,"
                + " cat/..JPEG, cat/._1.jpg, readme.txt");
    assertThat(Dataset.open(store, Location.of(output)).manifest().source())
        .isEqualTo(result.source());
    // What is ignored may come and go.
    Files.delete(input.resolve("cat/._1.jpg"));
    assertResult(run(settings("train", 1, 7, 0, 0)), 1, 0, 1, 1, true, 1);
  }

  @Test
  void run_emptyClassFolders_failsAsMissing() throws Exception {
    Files.createDirectory(input.resolve("cat"));

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure).hasMessageContaining("there is not one picture");
  }

  @Test
  void run_missingArchive_failsAndWritesNothing() {
    assertThat(failureOf(settings("train", 1, 7, 0, 0)).kind()).isEqualTo(Kind.INPUT_MISSING);

    assertThat(output).doesNotExist();
  }

  @Test
  void run_truthOfAnotherLength_failsWithThatReason() throws Exception {
    Archives.writeValidation(input, 2);
    Archives.writeDevkit(input, List.of(0));

    Failure failure = failureOf(settings("validation", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining("holds 2 pictures");
  }

  @Test
  void run_completeDataset_isLeftAlone() throws Exception {
    Archives.writeFolders(input, Archives.pictures(3));
    run(settings("train", 2, 7, 0, 0));
    FileTime past = FileTime.fromMillis(1_000_000);
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, past);
      }
    }
    Map<String, String> before = contentOf(output);

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertResult(result, 9, 0, 2, 2, true, 3);
    assertThat(contentOf(output)).isEqualTo(before);
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        assertThat(Files.getLastModifiedTime(file)).as("%s", file).isEqualTo(past);
      }
    }
  }

  @Test
  void run_completeDatasetThatLostAShard_writesItAgain() throws Exception {
    Archives.writeFolders(input, Archives.pictures(3));
    run(settings("train", 2, 7, 0, 0));
    Map<String, String> before = contentOf(output);
    Files.delete(output.resolve("train-00001-of-00002.tfrecord"));

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertThat(result.alreadyComplete()).isFalse();
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_strangeShardBesideADamagedDataset_isRefusedBeforeAnythingIsWritten() throws Exception {
    Archives.writeFolders(input, Archives.pictures(3));
    run(settings("train", 2, 7, 0, 0));
    Files.delete(output.resolve("train-00000-of-00002.tfrecord"));
    Path strange = Files.createFile(output.resolve("train-00009-of-00010.tfrecord"));
    Map<String, String> before = contentOf(output);

    Failure failure = failureOf(settings("train", 2, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessage(strange + " is no shard of this dataset; remove it");
    before.put(".lock", "");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_strangeShardBesideABegunDataset_isRefusedBeforeAShardIsWritten() throws Exception {
    Archives.writeFolders(input, Archives.pictures(3));
    ConvertSettings settings = settings("train", 2, 7, 0, 0);
    run(settings);
    Files.delete(output.resolve("train-00000-of-00002.tfrecord"));
    PictureSource source =
        PictureSource.find(
            store, new SourceSettings(Location.of(input), "train", "auto", null, "all"));
    ShardLedger.place(store, ConvertPlan.of(store, settings, source))
        .begin(Progress.SILENT, (dataset, damaged) -> {});
    Files.createFile(output.resolve("train-00009-of-00010.tfrecord"));

    Failure failure = failureOf(settings);

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure)
        .hasMessage(
            output
                + " holds what is no shard of this dataset of 2 shards:"
                + " train-00009-of-00010.tfrecord. Remove that, and run the command again");
    assertThat(output.resolve("train-00000-of-00002.tfrecord")).doesNotExist();
  }

  @Test
  void run_completeDatasetWithHalfAManifest_saysWhatToDeleteAndChangesNothing() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    run(settings("train", 1, 7, 0, 0));
    Path manifest = output.resolve("dataset.json");
    Files.writeString(manifest, Files.readString(manifest).substring(0, 300));
    Map<String, String> before = contentOf(output);

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageStartingWith(
            "%s cannot be read, so nothing says what %s was made with. If it is this command's, delete"
                    .formatted(manifest, output)
                + " that directory and run the command again; otherwise choose another --output. ");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_completeDatasetWithAFlippedBit_writesItAgainAndSaysSo() throws Exception {
    Archives.writeFolders(input, Archives.pictures(3));
    run(settings("train", 2, 7, 0, 0));
    Map<String, String> before = contentOf(output);
    Path shard = output.resolve("train-00001-of-00002.tfrecord");
    byte[] content = Files.readAllBytes(shard);
    content[content.length / 2] ^= 1;
    Files.write(shard, content);

    ConvertResult result = run(settings("train", 2, 7, 0, 0));

    assertThat(result.alreadyComplete()).isFalse();
    assertThat(result.notices())
        .containsExactly("Lost or damaged, and so written again: train-00001-of-00002.tfrecord");
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_completeDatasetThatMayNotBeWrittenTo_isLeftAlone() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    run(settings("train", 1, 7, 0, 0));
    Files.delete(output.resolve(".lock"));

    assertResult(run(settings("train", 1, 7, 0, 0)), 3, 0, 1, 1, true, 3);

    // Whoever runs the tests as root may write everywhere; what is not written shows it too.
    assertThat(output.resolve(".lock")).doesNotExist();
  }

  @Test
  void run_completeDatasetWhoseStatisticsAreDamaged_writesThemAgain() throws Exception {
    Archives.writeTrain(input, Archives.pictures(3));
    Archives.writeDevkit(input, List.of());
    run(settings("train", 2, 7, 0, 0));
    Map<String, String> before = contentOf(output);
    Files.writeString(output.resolve("statistics.json"), "{}");

    assertThat(run(settings("train", 2, 7, 0, 0)).alreadyComplete()).isFalse();
    assertThat(contentOf(output)).isEqualTo(before);
  }

  @Test
  void run_otherSettings_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));
    run(settings("train", 2, 7, 0, 0));
    Map<String, String> before = contentOf(output);

    Failure failure = failureOf(settings("train", 2, 8, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure)
        .hasMessage(
            output
                + " holds a dataset, or the beginning of one, that was made with seed '7'; now it"
                + " is '8'. Choose another --output, delete that one, or run with what it was made"
                + " with.");
    assertThat(contentOf(output)).isEqualTo(before);
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

  @Test
  void run_outputAmongTheClassFolders_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    output = input.resolve("dataset");

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(output).doesNotExist();
  }

  @Test
  void run_outputBesideTheInputByWayOfIt_converts() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    output = input.resolve("..").resolve("beside");

    assertThat(run(settings("train", 1, 7, 0, 0)).records()).isEqualTo(3);
  }

  @Test
  void run_outputWithOtherFiles_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    Files.createDirectory(output);
    Files.writeString(output.resolve("thesis.txt"), "mine");

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure).hasMessageContaining("it holds thesis.txt");
    assertThat(contentOf(output)).containsExactly(Map.entry("thesis.txt", "mine"));
  }

  @Test
  void run_whileAnotherRunHoldsTheOutput_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));

    Failure failure =
        DirectoryLock.holding(Location.of(output), () -> failureOf(settings("train", 1, 7, 0, 0)));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure).hasMessageStartingWith("Another run is working in " + output);
    assertThat(contentOf(output)).containsOnlyKeys(".lock");
  }

  @Test
  void run_afterARunThatWasKilledAsItBegan_converts() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    Files.createDirectories(output.resolve(".convert"));
    Files.writeString(output.resolve(".convert/.pending-4711"), "half a plan");

    assertThat(run(settings("train", 1, 7, 0, 0)).records()).isEqualTo(3);
    assertThat(output.resolve(".convert")).doesNotExist();
  }

  @Test
  void run_afterAKilledRun_continuesToTheSameBytes() throws Exception {
    Archives.writeTrain(input, Archives.pictures(6));
    Archives.writeDevkit(input, List.of());
    ConvertSettings settings = settings("train", 4, 7, 0, 0);
    run(settings);
    Map<String, String> uninterrupted = contentOf(output);
    store.deleteDirectory(Location.of(output));
    writeShards(settings, 3);
    Path damaged = output.resolve("train-00001-of-00004.tfrecord");
    byte[] content = Files.readAllBytes(damaged);
    content[content.length - 20] ^= 1;
    Files.write(damaged, content);
    Files.delete(output.resolve(".convert/train-00002-of-00004.tfrecord.json"));

    ConvertResult result = run(settings);

    assertResult(result, 18, 0, 4, 1, false, 3);
    assertThat(contentOf(output)).isEqualTo(uninterrupted);
  }

  @Test
  void run_afterAKilledRun_continuesWhereInputAndOutputWereMovedTo() throws Exception {
    Archives.writeFolders(input, Archives.pictures(4));
    run(settings("train", 4, 7, 0, 0));
    Map<String, String> uninterrupted = contentOf(output);
    store.deleteDirectory(Location.of(output));
    writeShards(settings("train", 4, 7, 0, 0), 2);
    input = Files.move(input, directory.resolve("other"));
    output = Files.move(output, directory.resolve("elsewhere"));

    assertThat(run(settings("train", 4, 7, 0, 0)).skippedShards()).isEqualTo(2);

    Map<String, String> moved = contentOf(output);
    assertThat(moved.keySet()).isEqualTo(uninterrupted.keySet());
    for (int shard = 0; shard < 4; shard++) {
      String name = Shard.name("train", shard, 4);
      assertThat(moved.get(name)).isEqualTo(uninterrupted.get(name));
    }
    input = directory.resolve("x/../other");
    Files.createDirectory(directory.resolve("x"));
    assertThat(run(settings("train", 4, 7, 0, 0)).alreadyComplete()).isTrue();
  }

  @Test
  void run_completeDatasetOfPicturesThatChanged_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));
    run(settings("train", 2, 7, 0, 0));
    Files.write(input.resolve("n01440764/n01440764_1.JPEG"), Drawing.jpeg(60, 60, 99));

    Failure failure = failureOf(settings("train", 2, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure).hasMessageContaining("made with pictures 'SHA-256 ");
  }

  @Test
  void run_afterAKilledRunOfAnotherSeed_isRefused() throws Exception {
    Archives.writeTrain(input, Archives.pictures(2));
    Archives.writeDevkit(input, List.of());
    writeShards(settings("train", 4, 7, 0, 0), 1);

    assertThat(failureOf(settings("train", 4, 8, 0, 0)).kind()).isEqualTo(Kind.OUTPUT_EXISTS);
  }

  /** Does what a run does up to the moment when it is killed. */
  private void writeShards(ConvertSettings settings, int shards) {
    PictureSource source =
        PictureSource.find(
            store, new SourceSettings(settings.input(), settings.split(), "auto", null, "all"));
    ConvertPlan plan = ConvertPlan.of(store, settings, source);
    Map<Integer, List<PictureReference>> references = new TreeMap<>();
    for (SourcePart part : source.parts()) {
      part.index(
          store,
          new SourcePart.Listener() {
            @Override
            public void picture(PictureReference reference) {
              int shard = plan.order().shard(reference.id(), settings.shards());
              references.computeIfAbsent(shard, s -> new ArrayList<>()).add(reference);
            }

            @Override
            public void rejected(Rejection rejection) {
              throw new AssertionError(rejection);
            }

            @Override
            public void ignored(String name) {
              throw new AssertionError(name);
            }
          });
    }
    ShardLedger.place(store, plan).begin(Progress.SILENT, (dataset, damaged) -> {});
    try (ShardWriter writer = new ShardWriter(plan, store)) {
      for (int shard = 0; shard < shards; shard++) {
        writer.write(
            Shard.name(settings.split(), shard, settings.shards()),
            references.getOrDefault(shard, List.of()),
            SILENT);
      }
    }
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
  void run_limit_takesTheFirstOfTheShuffledOrder() throws Exception {
    Archives.writeFolders(input, Archives.pictures(6));
    PictureOrder order = new PictureOrder(7);
    List<String> first =
        Archives.pictures(6).values().stream()
            .flatMap(files -> files.keySet().stream())
            .sorted(Comparator.comparingLong(order::hash))
            .limit(7)
            .toList();

    ConvertResult result = run(settings("train", 3, 7, 7, 0));

    assertResult(result, 7, 0, 3, 0, false, 3);
    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void run_perClass_takesTheFirstOfEachClassWhateverTheWorkers() throws Exception {
    Map<String, Map<String, byte[]>> pictures = new TreeMap<>(Archives.pictures(6));
    pictures.put("n09999999", Map.of("n09999999_1.JPEG", Drawing.jpeg(30, 30, 3)));
    Archives.writeFolders(input, pictures);
    List<String> first =
        pictures.values().stream().flatMap(files -> firstByHash(files, 2).stream()).toList();

    assertResult(run(perClass(3, 2, 0), "--targetParallelism=1"), 7, 0, 3, 0, false, 4);

    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrderElementsOf(first);
    Map<String, String> byOneWorker = contentOf(output);
    store.deleteDirectory(Location.of(output));
    run(perClass(3, 2, 0), "--targetParallelism=4");
    assertThat(contentOf(output)).isEqualTo(byOneWorker);
    store.deleteDirectory(Location.of(output));
    ConvertPipeline.main(
        new String[] {
          "--input=" + input,
          "--output=" + output,
          "--size=32",
          "--shards=3",
          "--seed=7",
          "--perClass=2"
        });
    assertThat(contentOf(output)).isEqualTo(byOneWorker);
  }

  private static List<String> firstByHash(Map<String, byte[]> files, int count) {
    return files.keySet().stream()
        .sorted(Comparator.comparingLong(new PictureOrder(7)::hash))
        .limit(count)
        .toList();
  }

  @Test
  void run_perClassAndLimit_limitsThoseOfTheClasses() throws Exception {
    Archives.writeFolders(input, Archives.pictures(6));
    List<String> first =
        Archives.pictures(6).values().stream()
            .flatMap(files -> firstByHash(files, 2).stream())
            .sorted(Comparator.comparingLong(new PictureOrder(7)::hash))
            .limit(4)
            .toList();

    run(perClass(1, 2, 4));

    assertThat(records()).extracting(ImageRecord::fileName).containsExactlyElementsOf(first);
    assertThat(failureOf(perClass(1, 3, 4)))
        .hasMessageContaining("was made with per-class '2'; now it is '3'");
  }

  @Test
  void run_listOfPictures_labelsEachAndRejectsWhatIsTwiceOrMissing() throws Exception {
    Archives.writeFolders(
        input, Map.of("images", Map.of("a", Drawing.jpeg(40, 30, 1), "b", Drawing.png(30, 40, 2))));
    Files.writeString(
        input.resolve("train.tsv"),
        "class\tfile\ndog\timages/a\ncat\timages/b\ndog\timages/a\ncat\timages/c\n");

    ConvertResult result = run(settings("train", 1, 7, 0, 2));

    assertResult(result, 2, 2, 1, 0, false, 2);
    assertThat(records())
        .extracting(ImageRecord::fileName, ImageRecord::label, ImageRecord::wnid)
        .containsExactlyInAnyOrder(tuple("images/a", 1L, "dog"), tuple("images/b", 0L, "cat"));
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactlyInAnyOrder(
            tuple("images/a", "DUPLICATE"), tuple("images/c", "MISSING_FILE"));
  }

  @Test
  void run_perClassOfATestSetWithoutClasses_isRefused() throws Exception {
    new TarBuilder()
        .add("test/ILSVRC2012_test_00000001.JPEG", Drawing.jpeg(30, 30, 1))
        .write(input.resolve("ILSVRC2012_img_test.tar"));
    Archives.writeDevkit(input, List.of());
    ConvertSettings like = perClass(1, 3, 0);

    Failure failure =
        failureOf(
            new ConvertSettings(
                like.input(),
                like.output(),
                "test",
                "auto",
                null,
                "all",
                1,
                SIZE,
                95,
                "area",
                "tfds",
                7,
                3,
                0,
                0));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            "--per-class counts the pictures of each class, but nothing says the classes of"
                + " ILSVRC2012 test archive ILSVRC2012_img_test.tar, 3072 bytes; use --limit");
    assertThat(output).doesNotExist();
  }

  @Test
  void run_unknownAndEmptyClassFolders_areSaidAndNeverLabelled() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    Files.delete(input.resolve("n02119789/n02119789_1.JPEG"));
    Archives.writeFolders(input, Map.of("tmp", Map.of("x.JPEG", Drawing.jpeg(30, 30, 9))));
    Archives.writeDevkit(input, List.of());

    assertThat(failureOf(settings("train", 1, 7, 0, 0)))
        .hasMessageStartingWith("1 picture was rejected; the settings allow 0.");
    ConvertResult result = run(settings("train", 1, 7, 0, 0));

    assertThat(result.excess()).startsWith("1 picture was rejected; the settings allow 0.");

    assertResult(result, 2, 1, 1, 1, true, 3);
    assertThat(result.classesWithImages()).isEqualTo(2);
    assertThat(result.source())
        .isEqualTo("4 class folders of input; images of 2 of 3 classes, 1 each");
    assertThat(result.notices())
        .containsExactly(
            "Pictures of classes that the devkit does not know are rejected, 1: tmp",
            "Classes without an image, 1 of 3: n02119789");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactly(tuple("tmp/x.JPEG", "UNKNOWN_CLASS"));
    assertThat(records())
        .extracting(ImageRecord::fileName, ImageRecord::label)
        .containsExactlyInAnyOrder(tuple("n01440764_1.JPEG", 0L), tuple("n03255030_1.JPEG", 2L));
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
  void run_pictureTwiceInAnArchive_keepsTheFirst() throws Exception {
    byte[] first = Drawing.jpeg(40, 40, 1);
    Archives.writeTrain(
        input,
        Map.of(
            "n01440764",
            Map.of("n01440764_1.JPEG", first, "x/n01440764_1.JPEG", Drawing.jpeg(40, 40, 2))));
    Archives.writeDevkit(input, List.of());

    run(settings("train", 1, 7, 0, 1));

    assertThat(records()).hasSize(1);
    assertThat(rejections()).extracting(Rejection::reason).containsExactly("DUPLICATE");
  }

  @Test
  void run_pipeline_reportsProgressUpToTheEnd() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));
    List<String> reports = new ArrayList<>();

    ConvertPipeline.run(
        settings("train", 1, 7, 0, 0),
        PipelineOptionsFactory.create(),
        (done, total, unit, details) -> reports.add(done + "/" + total + " " + unit + details));

    assertThat(reports).last().isEqualTo("6/6 images");
  }

  @Test
  void main_moreRejectedThanAllowed_failsInThePipeline() throws Exception {
    Archives.writeFolders(
        input, Map.of("cat", Map.of("1.jpg", Drawing.jpeg(40, 40, 1), "2.jpg", new byte[0])));
    String[] flags = {"--input=" + input, "--output=" + output, "--size=32"};

    for (int run = 0; run < 2; run++) {
      assertThatThrownBy(() -> ConvertPipeline.main(flags))
          .hasStackTraceContaining("1 picture was rejected; the settings allow 0. The other 1 are");
    }
    assertThat(records()).extracting(ImageRecord::fileName).containsExactly("cat/1.jpg");
  }

  @Test
  void main_flags_convertsAsSettingsDo() throws Exception {
    Archives.writeFolders(input, Archives.pictures(2));

    ConvertPipeline.main(
        new String[] {
          "--input=" + input, "--output=" + output, "--size=32", "--shards=2", "--seed=7"
        });

    Map<String, String> byFlags = contentOf(output);
    store.deleteDirectory(Location.of(output));
    run(settings("train", 2, 7, 0, 0));
    assertThat(contentOf(output)).isEqualTo(byFlags);
  }
}
