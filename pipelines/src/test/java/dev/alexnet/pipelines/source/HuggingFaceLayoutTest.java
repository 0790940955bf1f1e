package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HuggingFaceLayoutTest extends SourceTest {
  private static final String VALIDATION = "ILSVRC2012_val_%08d_%s.JPEG";

  private static TarBuilder train(String... wnids) {
    TarBuilder tar = new TarBuilder();
    for (String wnid : wnids) {
      tar.add(wnid + "_10_" + wnid + ".JPEG", PICTURE);
    }
    return tar;
  }

  private static TarBuilder validation() {
    return new TarBuilder()
        .add(VALIDATION.formatted(1, "n03255030"), PICTURE)
        .add(VALIDATION.formatted(2, "n01440764"), PICTURE)
        .add(VALIDATION.formatted(3, "n02119789"), PICTURE);
  }

  @Test
  void find_plainTars_readsTheWnidsInTheNames() throws IOException {
    train("n01440764", "n03255030").write(directory.resolve("train_images_0.tar"));
    train("n02119789").write(directory.resolve("train_images_1.tar"));
    validation().write(directory.resolve("val_images.tar"));
    writeText("README.md", "imagenet-1k");

    PictureSource train = find(directory, Split.TRAIN);
    PictureSource validation = find(directory, Split.VALIDATION);

    assertThat(labelled(train))
        .containsExactly(
            "n01440764_10_n01440764.JPEG = n01440764 0",
            "n03255030_10_n03255030.JPEG = n03255030 2",
            "n02119789_10_n02119789.JPEG = n02119789 1");
    assertThat(labelled(validation))
        .containsExactly(
            "ILSVRC2012_val_00000001_n03255030.JPEG = n03255030 2",
            "ILSVRC2012_val_00000002_n01440764.JPEG = n01440764 0",
            "ILSVRC2012_val_00000003_n02119789.JPEG = n02119789 1");
    assertThat(train.description())
        .isEqualTo(
            "Hugging Face's 2 archives from train_images_0.tar to train_images_1.tar, with wnids in"
                + " the names");
    assertThat(Index.of(train).ignored).containsExactly("README.md");
  }

  @Test
  void find_theFolderDataOfTheRepository_isRead() throws IOException {
    Files.createDirectory(directory.resolve("data"));
    train("n01440764").write(directory.resolve("data/train_images_0.tar"));
    writeText("classes.py", "");

    assertThat(labelled(find(directory, Split.TRAIN)))
        .containsExactly("n01440764_10_n01440764.JPEG = n01440764 0");
    assertThat(labelled(find(directory.resolve("data/train_images_0.tar"), Split.TRAIN)))
        .containsExactly("n01440764_10_n01440764.JPEG = n01440764 0");
  }

  @Test
  void find_aThousandClasses_givesThePublishedLabels() throws IOException {
    train(Synsets.ALL.toArray(String[]::new)).write(directory.resolve("train_images_0.tar"));

    List<String> labelled = labelled(find(directory, Split.TRAIN));

    assertThat(labelled.get(0)).isEqualTo("n01440764_10_n01440764.JPEG = n01440764 0");
    assertThat(labelled.get(999)).isEqualTo("n15075141_10_n15075141.JPEG = n15075141 999");
  }

  @Test
  void find_testWithADevkit_isUnlabelled() throws IOException {
    new TarBuilder()
        .add("ILSVRC2012_test_00000001.JPEG", PICTURE)
        .write(directory.resolve("test_images.tar"));
    Failure without = failure(directory, Split.TEST, InputLayout.AUTO, "all");
    Archives.writeDevkit(directory, List.of());

    PictureSource test = find(directory, Split.TEST);

    assertThat(test.labelled()).isFalse();
    assertThat(labelled(test)).containsExactly("ILSVRC2012_test_00000001.JPEG =  -1");
    assertThat(without)
        .hasMessageContaining("holds pictures of unknown classes; give the list of classes");
  }

  @Test
  void find_namesWithoutAWnidOrWithTwo_areRejectedWithBothReadings() throws IOException {
    train("n01440764")
        .add("picture.JPEG", PICTURE)
        .add("n02119789_3_n03255030.JPEG", PICTURE)
        .add("notes.txt", PICTURE)
        .write(directory.resolve("train_images_0.tar"));

    Index index = Index.of(find(directory, Split.TRAIN));

    assertThat(index.reasons())
        .containsExactly(
            "picture.JPEG UNKNOWN_CLASS",
            "n02119789_3_n03255030.JPEG UNKNOWN_CLASS",
            "notes.txt UNEXPECTED_NAME");
    assertThat(index.rejections.get(1).message())
        .isEqualTo("its name has more than one wnid: n02119789 and n03255030");
  }

  @Test
  void find_archiveThatIsMissingInTheMiddle_isTold() throws IOException {
    train("n01440764").write(directory.resolve("train_images_0.tar"));
    train("n02119789").write(directory.resolve("train_images_2.tar"));

    assertThat(find(directory, Split.TRAIN).notices())
        .containsExactly("The archive with the number 1 is missing before train_images_2.tar");
  }

  @Test
  void find_compressedTars_saysWhereToUnpackThem() throws IOException {
    train("n01440764").writeCompressed(directory.resolve("train_images_0.tar.gz"));

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + "/train_images_0.tar.gz is compressed, but pictures are read from their places in"
                + " plain archives. Give a directory with about 0.0 GB of free space with"
                + " --unpack-to; archives are unpacked there once, and read from there");
  }

  @Test
  void find_compressedTars_areUnpackedOnceAndReadAsPlainOnes() throws IOException {
    Path plain = Files.createDirectory(directory.resolve("plain"));
    Path packed = Files.createDirectory(directory.resolve("packed"));
    Path unpacked = directory.resolve("unpacked");
    train("n01440764", "n02119789").write(plain.resolve("train_images_0.tar"));
    train("n01440764", "n02119789").writeCompressed(packed.resolve("train_images_0.tar.gz"));

    PictureSource source = findUnpacking(packed, Split.TRAIN, unpacked);

    Path made = unpacked.resolve("packed/train_images_0.tar");
    assertThat(made).hasSameBinaryContentAs(plain.resolve("train_images_0.tar"));
    PictureSource ofPlain = find(plain, Split.TRAIN);
    assertThat(labelled(source)).isEqualTo(labelled(ofPlain));
    assertThat(source.fingerprint(STORE)).isEqualTo(ofPlain.fingerprint(STORE));
    Object first = Files.getLastModifiedTime(made);
    findUnpacking(packed, Split.TRAIN, unpacked);
    assertThat(Files.getLastModifiedTime(made)).isEqualTo(first);
  }

  @Test
  void find_unpackedTarThatWasChanged_isUnpackedAgain() throws IOException {
    train("n01440764").writeCompressed(directory.resolve("train_images_0.tar.gz"));
    Path unpacked = directory.resolve("unpacked");
    findUnpacking(directory, Split.TRAIN, unpacked);
    Path made = unpacked.resolve(directory.getFileName()).resolve("train_images_0.tar");
    byte[] right = Files.readAllBytes(made);
    Files.write(made, new byte[right.length]);

    findUnpacking(directory, Split.TRAIN, unpacked);

    assertThat(made).hasBinaryContent(right);
    train("n02119789").writeCompressed(directory.resolve("train_images_0.tar.gz"));
    assertThat(labelled(findUnpacking(directory, Split.TRAIN, unpacked)))
        .containsExactly("n02119789_10_n02119789.JPEG = n02119789 0");
  }

  @Test
  void find_damagedCompressedTar_isRefusedAndLeavesNothing() throws IOException {
    byte[] compressed = train("n01440764").buildCompressed();
    Path archive = directory.resolve("train_images_0.tar.gz");
    Files.write(archive, Arrays.copyOf(compressed, compressed.length - 20));
    Path unpacked = directory.resolve("unpacked");

    Failure truncated =
        catchThrowableOfType(Failure.class, () -> findUnpacking(directory, Split.TRAIN, unpacked));
    compressed[compressed.length - 6] ^= 1;
    Files.write(archive, compressed);
    Failure flipped =
        catchThrowableOfType(Failure.class, () -> findUnpacking(directory, Split.TRAIN, unpacked));

    assertThat(List.of(truncated.kind(), flipped.kind())).containsOnly(Kind.BAD_DATA);
    assertThat(truncated).hasMessageStartingWith(archive + " is not a complete gzip file: ");
    assertThat(unpacked.resolve(directory.getFileName()).resolve("train_images_0.tar"))
        .doesNotExist();
  }

  @Test
  void find_archiveThatIsThereTwice_isReadOnce() throws IOException {
    train("n01440764").write(directory.resolve("train_images_0.tar"));
    train("n01440764").writeCompressed(directory.resolve("train_images_0.tar.gz"));

    Index index = Index.of(find(directory, Split.TRAIN));

    assertThat(index.ids()).containsExactly("n01440764_10_n01440764.JPEG");
    assertThat(index.ignored).containsExactly("train_images_0.tar.gz");
  }

  @Test
  void find_theSamePicturesUnpackedFlat_readsTheWnidsInTheNames() throws IOException {
    write("train/n02119789_5_n02119789.JPEG", "train/n01440764_10_n01440764.JPEG");
    write("val/" + VALIDATION.formatted(1, "n02119789"));
    write("test/ILSVRC2012_test_00000001.JPEG");

    PictureSource train = find(directory, Split.TRAIN);
    PictureSource validation = find(directory, Split.VALIDATION);

    assertThat(labelled(train))
        .containsExactly(
            "n01440764_10_n01440764.JPEG = n01440764 0",
            "n02119789_5_n02119789.JPEG = n02119789 1");
    assertThat(labelled(validation))
        .containsExactly("ILSVRC2012_val_00000001_n02119789.JPEG = n02119789 1");
    assertThat(find(directory, Split.TEST).labels()).isEqualTo(train.labels());
    assertThat(train.description())
        .isEqualTo(
            "pictures of " + directory.getFileName() + "/train, their classes in their names");
  }
}
