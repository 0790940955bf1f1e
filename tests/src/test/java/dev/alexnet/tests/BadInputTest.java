package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.testing.DatasetFixture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

/** What a user gets for wrong input: a message that says what to do, and the right exit code. */
class BadInputTest {
  @TempDir static Path directory;

  @BeforeAll
  static void makeAModelAndItsData() throws Exception {
    Files.writeString(
        directory.resolve("job.yaml"),
        """
        synth:
          classes: 2
          train-per-class: 20
          val-per-class: 4
        convert:
          size: 56
          shards: 2
        train:
          preset: mini
          steps: 2
          batch: 8
        """);
    AlexnetProcess.Ended ended = run("run", "--config", "job.yaml", "--workdir", "work");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  private static AlexnetProcess.Ended run(String... arguments)
      throws IOException, InterruptedException {
    return AlexnetProcess.run(directory, arguments);
  }

  private static void assertFailure(AlexnetProcess.Ended ended, int exitCode, String... parts) {
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
    assertThat(ended.err()).contains("alexnet: ").contains(parts).doesNotContain("\tat ");
  }

  /** Egyptian Arabic has its own digits. */
  @Test
  void train_inALocaleWithOtherDigits_writesTheSameNumbers() throws Exception {
    List<String> egypt = List.of("-Xmx2g", "-Duser.language=ar", "-Duser.country=EG");
    List<String> line =
        List.of(
            "train",
            "--data=work/dataset/train",
            "--workdir=digits",
            "--preset=mini",
            "--steps=1",
            "--batch=5000");
    assertFailure(
        AlexnetProcess.start(directory, egypt, line).await(),
        78,
        "A batch of 5000 is larger than ",
        "which has 40 images");
  }

  @Test
  void convert_ifTheArchivesAreMissing_saysWhichWereLookedFor() throws Exception {
    assertFailure(
        run("convert", "--input", "nowhere", "--output", "a", "--layout", "ilsvrc2012"),
        66,
        "ILSVRC2012_img_train.tar");
  }

  @Test
  void convert_ofAnEmptyFolder_saysThatNothingIsThere() throws Exception {
    Files.createDirectories(directory.resolve("empty"));
    assertFailure(run("convert", "--input", "empty", "--output", "b"), 66, "empty");
  }

  @Test
  void convert_ofAFolderWithBrokenPictures_losesNothingElse() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("broken/n00000001"));
    byte[] good = picture();
    for (int i = 0; i < 6; i++) {
      Files.write(folder.resolve("good" + i + ".JPEG"), good);
    }
    Files.write(folder.resolve("cut.JPEG"), Arrays.copyOf(good, good.length / 2));
    Files.writeString(folder.resolve("page.JPEG"), "<html>not found</html>");
    Files.write(folder.resolve("nothing.JPEG"), new byte[0]);
    String[] convert = {
      "convert",
      "--input=broken",
      "--output=mended",
      "--layout=folders",
      "--size=56",
      "--classes=few.txt",
      "--json"
    };
    Files.writeString(directory.resolve("few.txt"), "n00000001\nn00000002\n");

    AlexnetProcess.Ended ended = run(convert);

    assertFailure(
        ended,
        65,
        "3 pictures were rejected; the settings allow 0.",
        "rejected.jsonl",
        "Classes without an image, 1 of 2: n00000002");
    assertThat(ended.out())
        .startsWith("{\"command\":\"convert\"")
        .contains("\"records\":6,", "\"rejected\":3,", "\"excess\":\"3 pictures were rejected");

    List<String> rejected =
        Files.readAllLines(directory.resolve("mended/rejected.jsonl"), StandardCharsets.UTF_8);
    assertThat(rejected)
        .hasSize(3)
        .anyMatch(line -> line.contains("cut.JPEG") && line.contains("TRUNCATED"))
        .anyMatch(line -> line.contains("page.JPEG") && line.contains("NOT_AN_IMAGE"))
        .anyMatch(line -> line.contains("nothing.JPEG") && line.contains("EMPTY"));
    assertThat(Files.readString(directory.resolve("mended/dataset.json")))
        .contains("\"records\" : 6")
        .contains("\"rejected\" : 3");
  }

  private static byte[] picture() throws IOException {
    var image = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 80 * 60; i++) {
      image.setRGB(i % 80, i / 80, i * 977);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  @Test
  void train_ofAnUnknownPreset_suggestsTheNearest() throws Exception {
    assertFailure(
        run(
            "train",
            "--data",
            "work/dataset/train",
            "--workdir",
            "c",
            "--preset",
            "minni",
            "--steps",
            "1"),
        64,
        "Invalid value for option '--preset': 'minni'; did you mean 'mini'?");
  }

  @Test
  void train_onImagesThatDoNotFitTheNetwork_saysHowToConvert() throws Exception {
    assertFailure(
        run(
            "train",
            "--data",
            "work/dataset/train",
            "--workdir",
            "d",
            "--preset",
            "published",
            "--steps",
            "1"),
        78,
        "56 pixels wide",
        "convert with --size 256");
  }

  @Test
  void train_resumedOnAnotherDataset_namesWhatDiffers() throws Exception {
    assertThat(run(training("resumed", "work/dataset/train")).exitCode()).isZero();
    Files.delete(directory.resolve("resumed/model/model.json"));
    assertFailure(
        run(training("resumed", "work/dataset/validation")),
        78,
        "The checkpoint resumed/checkpoints/step-00000002 was made with other settings: dataset was ");
  }

  @Test
  void train_onAMissingGpu_saysHowManyThereAre() throws Exception {
    String[] train = training("gpu", "work/dataset/train");
    train[train.length - 1] = "gpu:0,gpu:63";
    assertFailure(run(train), 80, "There is no device gpu:", "TensorFlow sees ");
  }

  @Test
  void train_onAnEmptyShard_namesIt() throws Exception {
    Path copy = Files.createDirectories(directory.resolve("cut"));
    try (Stream<Path> files = Files.list(directory.resolve("work/dataset/train"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path shard = copy.resolve("train-00001-of-00002.tfrecord");
    Files.write(shard, new byte[0]);
    assertFailure(
        run(training("cut-work", "cut")), 65, "cut/train-00001-of-00002.tfrecord has 0 bytes");
  }

  @Test
  void train_onALabelOutsideTheClasses_namesTheImage() throws Exception {
    Dataset labelled = DatasetFixture.write(directory.resolve("labels"), "train", 56, 2, 8);
    DatasetFixture.rewriteFirstShard(labelled, List.of(recordOf(labelled, "odd.JPEG", 7)));
    assertFailure(
        run(training("labels-work", "labels")),
        65,
        "An image of labels cannot be read",
        "odd.JPEG",
        "has the label",
        "which is none of the classes 0 to 1");
  }

  private static byte[] recordOf(Dataset dataset, String name, long label) throws IOException {
    byte[] record;
    try (TfRecordReader reader = dataset.read(dataset.manifest().shards().get(0))) {
      record = reader.next();
    }
    Example example = Example.parseFrom(record);
    Features.Builder features = example.getFeatures().toBuilder();
    features.putFeature(
        "label", Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(label)).build());
    features.putFeature(
        "file_name",
        Feature.newBuilder()
            .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8(name)))
            .build());
    return example.toBuilder().setFeatures(features).build().toByteArray();
  }

  private static String[] training(String workdir, String data) {
    return new String[] {
      "train",
      "--data",
      data,
      "--workdir",
      workdir,
      "--preset",
      "mini",
      "--steps",
      "2",
      "--batch",
      "8",
      "--devices",
      "cpu:0,cpu:1"
    };
  }

  @Test
  void score_ofAModelOnADatasetWithOtherClasses_saysTheDifference() throws Exception {
    Path other = Files.createDirectories(directory.resolve("other/n00000007"));
    Files.write(other.resolve("a.JPEG"), picture());
    AlexnetProcess.Ended converted =
        run(
            "convert",
            "--input",
            "other",
            "--output",
            "others",
            "--size",
            "56",
            "--layout",
            "folders");
    assertThat(converted.exitCode()).as(converted.err()).isZero();
    assertFailure(
        run("score", "--data", "others", "--model", "work/training/model", "--output", "e"),
        78,
        "classes",
        "n00000007");
  }

  @Test
  void run_ofAJobFileWithUnknownKeys_namesAllOfThemAndTheNearest() throws Exception {
    Files.writeString(
        directory.resolve("wrong.yaml"),
        """
        convert:
          sise: 56
        trian:
          preset: mini
        """);
    assertFailure(
        run("run", "--config", "wrong.yaml", "--workdir", "f"),
        64,
        "did you mean 'size'?",
        "did you mean 'train'?");
  }

  @Test
  void score_ifThereIsNoModel_saysWhatWritesOne() throws Exception {
    assertFailure(
        run("score", "--data", "work/dataset/validation", "--model", "g", "--output", "h"),
        66,
        "There is no model at g");
  }

  @Test
  void anyCommand_withAMissingFile_leavesNoOutput() throws Exception {
    run("augment", "--data", "nowhere", "--output", "made", "--operations", "flip");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("made");
    }
  }
}
