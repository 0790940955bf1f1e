package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParquetLayoutTest extends ParquetTest {

  @Test
  void find_imagenet_hasTheBytesAndLabelsThatWereWritten() throws IOException {
    copyImagenet();

    PictureSource train = unpack("imagenet", Split.TRAIN);
    PictureSource validation = unpack("imagenet", Split.VALIDATION);

    assertThat(labelsAndBytes(train))
        .isEqualTo(
            golden(
                "imagenet/data/train-00000-of-00002.parquet",
                "imagenet/data/train-00001-of-00002.parquet"));
    assertThat(labelsAndBytes(validation))
        .isEqualTo(golden("imagenet/data/validation-00000-of-00001.parquet"));
    assertThat(new String(train.labels().text(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            n01440764\ttench, Tinca tinca
            n01443537\tgoldfish, Carassius auratus
            n02119789\tkit fox, Vulpes macrotis
            """);
    assertThat(validation.labels()).isEqualTo(train.labels());
    assertThat(labelled(train))
        .startsWith(
            "n01440764_0_n01440764.JPEG = n01440764 0", "n01443537_1_n01443537.JPEG = n01443537 1");
    assertThat(train.description())
        .isEqualTo(
            "2 Parquet files from train-00000-of-00002.parquet to train-00001-of-00002.parquet,"
                + " with a wnid for each label");
    assertThat(train.notices()).isEmpty();
  }

  /** Validation pictures of some classes must have the labels of all classes. */
  @Test
  void find_aSplitWithoutAllClasses_takesTheirWnidsFromTheTrainingSet() throws IOException {
    copyImagenet();

    PictureSource validation = unpack("imagenet", Split.VALIDATION);

    assertThat(validation.labels().size()).isEqualTo(3);
    assertThat(labelled(validation))
        .containsExactly(
            "ILSVRC2012_val_00000001_n01440764.JPEG = n01440764 0",
            "ILSVRC2012_val_00000002_n01443537.JPEG = n01443537 1");
  }

  @Test
  void find_test_isUnlabelledWithTheClassesOfTheTrainingSet() throws IOException {
    copyImagenet();

    PictureSource test = unpack("imagenet", Split.TEST);

    assertThat(test.labelled()).isFalse();
    assertThat(test.labels()).isEqualTo(unpack("imagenet", Split.TRAIN).labels());
    assertThat(labelsAndBytes(test)).isEqualTo(golden("imagenet/data/test-00000-of-00001.parquet"));
    assertThat(labelled(test))
        .containsExactly(
            "ILSVRC2012_test_00000001.JPEG =  -1", "ILSVRC2012_test_00000002.JPEG =  -1");
  }

  /** Eleven classes, of which the tenth would be the third in the order of text. */
  @Test
  void find_picturesWithoutPaths_keepTheOrderOfTheFilesLabels() throws IOException {
    copy("cifar/train-00000-of-00001.parquet");

    PictureSource train = unpack("cifar", Split.TRAIN);

    assertThat(labelsAndBytes(train)).isEqualTo(golden("cifar/train-00000-of-00001.parquet"));
    assertThat(labelled(train))
        .startsWith(
            "train-00000-of-00001/0 = 10 10",
            "train-00000-of-00001/1 = 9 9",
            "train-00000-of-00001/2 = 8 8");
    assertThat(new String(train.labels().text(), StandardCharsets.UTF_8))
        .startsWith("0\tairplane\n1\tautomobile\n2\tbird\n")
        .endsWith("9\ttruck\n10\tzebra\n");
  }

  @Test
  void find_rowsWithoutBytesOrLabel_areRejectedWithTheReason() throws IOException {
    copy("holes/train.parquet");

    Index index = Index.of(unpack("holes", Split.TRAIN));

    assertThat(index.ids()).containsExactly("train/0_a.jpg", "train/3_empty.jpg", "train/6");
    assertThat(index.rejections.stream().map(r -> r.image() + ": " + r.message()))
        .containsExactly(
            "train/1: row 1 has only the path photos/only a path.jpg, without the picture's bytes",
            "train/2: row 2 has neither bytes nor a path",
            "train/4_a.jpg: its row has no label",
            "train/5_a.jpg: its label is -1, which is not that of a class");
    assertThat(index.rejections.get(0).reason()).isEqualTo("MISSING_BYTES");
  }

  @Test
  void find_withoutADirectoryToUnpackTo_saysWhatItSawAndHowMuchSpaceItNeeds() throws IOException {
    copyImagenet();

    Failure failure = failure(directory.resolve("imagenet"), Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + "/imagenet/data holds 11 pictures in Parquet files (2, from"
                + " train-00000-of-00002.parquet) of 3 classes: tench, Tinca tinca, goldfish,"
                + " Carassius auratus, kit fox, Vulpes macrotis. A picture has no place of its own"
                + " in Parquet, so give a directory with about 0.0 GB of free space with"
                + " --unpack-to; the pictures are unpacked there once, and read from there");
  }

  @Test
  void find_again_readsWhatWasUnpackedUntilTheFileChanges() throws IOException {
    Path file = copy("imagenet/data/train-00000-of-00002.parquet", "one/train.parquet");
    PictureSource first = unpack("one", Split.TRAIN);
    Path tar = directory.resolve("unpacked/one/train.tar");
    Object made = Files.getLastModifiedTime(tar);

    PictureSource second = unpack("one", Split.TRAIN);

    assertThat(Files.getLastModifiedTime(tar)).isEqualTo(made);
    assertThat(second.fingerprint(STORE)).isEqualTo(first.fingerprint(STORE));
    Files.delete(file);
    copy("imagenet/data/train-00001-of-00002.parquet", "one/train.parquet");
    assertThat(labelsAndBytes(unpack("one", Split.TRAIN)))
        .isEqualTo(golden("imagenet/data/train-00001-of-00002.parquet"));
  }

  @Test
  void find_aMissingPart_isRefused() throws IOException {
    copy("imagenet/data/train-00001-of-00002.parquet");

    Failure failure = catchThrowableOfType(Failure.class, () -> unpack("imagenet", Split.TRAIN));

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            "Of the 2 Parquet files of which train-00001-of-00002.parquet is one, 1 are not in "
                + directory
                + "/imagenet/data, those with the numbers 0. Fetch them, because the set would be"
                + " incomplete");
    assertThat(unpack("imagenet/data/train-00001-of-00002.parquet", Split.TRAIN).notices())
        .contains(
            "Warning: train-00001-of-00002.parquet is one of 2 files, and only its pictures are"
                + " converted. Give the directory as --input to convert all");
  }

  @Test
  void find_partsOfTwoVersions_areRefused() throws IOException {
    copy("imagenet/data/train-00000-of-00002.parquet", "two/train-00000-of-00002.parquet");
    copy("imagenet/data/train-00001-of-00002.parquet", "two/train-00001-of-00003.parquet");

    Failure failure = catchThrowableOfType(Failure.class, () -> unpack("two", Split.TRAIN));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + "/two holds files of more than one version of a set: train-00000-of-00002.parquet"
                + " and train-00001-of-00003.parquet. Keep those of one");
  }

  /** Names that give other wnids than the labels beside them. */
  @Test
  void find_labelsThatContradictPaths_areRefused() throws IOException {
    copy("contradiction/train.parquet");

    Failure failure =
        catchThrowableOfType(Failure.class, () -> unpack("contradiction", Split.TRAIN));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageContaining("the label 0 goes with the wnids n01440764 and n01443537");
  }

  @Test
  void find_labelsInAnotherOrderThanTheWnids_saysSo() throws IOException {
    copy("otherorder/train.parquet");

    PictureSource train = unpack("otherorder", Split.TRAIN);

    assertThat(labelled(train))
        .containsExactly(
            "n02119789_0_n02119789.JPEG = n02119789 1", "n01440764_1_n01440764.JPEG = n01440764 0");
    assertThat(train.notices())
        .containsExactly(
            "Labels are in the order of the wnids, which is not that of the files: their label 0"
                + " is n02119789 and 1 is n01440764");
  }

  /** The pages of this file have checksums; what is not covered by them is not about pictures. */
  @Test
  void find_damage_isRefusedOrDoesNotMatter() throws IOException {
    Path file = copy("cifar/train-00000-of-00001.parquet", "cifar/train-00000-of-00001.parquet");
    byte[] right = Files.readAllBytes(file);
    Path made = directory.resolve("unpacked/cifar/train-00000-of-00001.tar.json");
    List<String> golden = golden("cifar/train-00000-of-00001.parquet");
    int refused = 0;
    for (int place = 4; place < right.length - 3000; place += 43) {
      byte[] wrong = right.clone();
      wrong[place] ^= 0x15;
      Files.write(file, wrong);
      try {
        assertThat(labelsAndBytes(unpack("cifar", Split.TRAIN)))
            .as("byte %d", place)
            .isEqualTo(golden);
      } catch (Failure e) {
        assertThat(e.kind()).isEqualTo(Kind.BAD_DATA);
        assertThat(made).doesNotExist();
        refused++;
      }
      Files.deleteIfExists(made);
    }
    assertThat(refused).isGreaterThan(20);
  }

  @Test
  void find_truncatedFile_isRefused() throws IOException {
    Path file = copy("cifar/train-00000-of-00001.parquet");
    byte[] right = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(right, right.length - 1));

    assertThat(catchThrowableOfType(Failure.class, () -> unpack("cifar", Split.TRAIN)))
        .hasMessage(
            file
                + " is not a complete Parquet file: it does not end with PAR1. Compare its size and"
                + " SHA-256 with the published ones and fetch it again");
  }

  @Test
  void find_withoutLabels_isRefusedBeforeAnythingIsUnpacked() throws IOException {
    Path file = copy("nolabel/train.parquet");

    Failure failure = catchThrowableOfType(Failure.class, () -> unpack("nolabel", Split.TRAIN));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            file
                + " has no column of labels, which are whole numbers in a column named label, so the"
                + " classes of its pictures are unknown. Only --split test accepts pictures of"
                + " unknown classes");
    assertThat(directory.resolve("unpacked")).doesNotExist();
  }

  @Test
  void find_compressionThatIsNotSupported_isNamed() throws IOException {
    Path file = copy("brotli/train.parquet");

    assertThat(catchThrowableOfType(Failure.class, () -> unpack("brotli", Split.TRAIN)))
        .hasMessage(
            file
                + " is compressed with BROTLI, which is not supported. Write it again with snappy or"
                + " zstd");
  }

  @Test
  void find_classFile_selectsClassesByWnid() throws IOException {
    copyImagenet();
    writeText("classes.txt", "n01443537\nn02119789\n");

    PictureSource train =
        unpack(
            "imagenet",
            Split.TRAIN,
            InputLayout.PARQUET,
            directory.resolve("classes.txt").toString());

    assertThat(labelled(train)).hasSize(7).startsWith("n01443537_1_n01443537.JPEG = n01443537 0");
    assertThat(train.notices())
        .containsExactly(
            "Classes that " + directory + "/classes.txt does not name are left out (1): n01440764");
  }

  @Test
  void find_devkit_givesTheClasses() throws IOException {
    copyImagenet();
    Archives.writeDevkit(directory.resolve("imagenet"), List.of());

    PictureSource source = unpack("imagenet", Split.TRAIN);

    assertThat(new String(source.labels().text(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            n01440764\ttench
            n02119789\tkit fox
            n03255030\tdumbbell
            """);
    assertThat(source.notices())
        .containsExactly(
            "Pictures of classes that are not in the devkit will be rejected. Classes (1):"
                + " n01443537");
  }
}
