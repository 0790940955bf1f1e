package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.MetaBuilder;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The archives and the devkit of 2012. */
class Ilsvrc2012Test extends SourceTest {
  @Test
  void find_trainingArchives_givesPicturesOfEveryClassTar() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(2));
    Archives.writeDevkit(directory, List.of());

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(source.labels().classes())
        .containsExactly(
            new ClassLabel("n01440764", "tench"),
            new ClassLabel("n02119789", "kit fox"),
            new ClassLabel("n03255030", "dumbbell"));
    assertThat(source.description())
        .isEqualTo("ILSVRC2012 train archive ILSVRC2012_img_train.tar, 17920 bytes");
    Index index = Index.of(source);
    assertThat(index.pictures)
        .extracting(PictureReference::id, PictureReference::wnid)
        .containsExactly(
            tuple("n01440764_1.JPEG", "n01440764"),
            tuple("n01440764_2.JPEG", "n01440764"),
            tuple("n02119789_1.JPEG", "n02119789"),
            tuple("n02119789_2.JPEG", "n02119789"),
            tuple("n03255030_1.JPEG", "n03255030"),
            tuple("n03255030_2.JPEG", "n03255030"));
    byte[] archive = Files.readAllBytes(directory.resolve("ILSVRC2012_img_train.tar"));
    PictureReference last = index.pictures.get(5);
    assertThat(
            Arrays.copyOfRange(archive, (int) last.offset(), (int) (last.offset() + last.length())))
        .isEqualTo(Archives.pictures(2).get("n03255030").get("n03255030_2.JPEG"));
  }

  @Test
  void find_archiveItself_looksForTheDevkitBesideIt() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Archives.writeDevkit(directory, List.of());

    PictureSource source =
        find(directory.resolve("ILSVRC2012_img_train.tar"), Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(Index.of(source).ids())
        .containsExactly("n01440764_1.JPEG", "n02119789_1.JPEG", "n03255030_1.JPEG");
    assertThat(source.labels().classOf(1).name()).isEqualTo("kit fox");
  }

  @Test
  void find_validationArchive_takesTheClassFromTheLineOfThePicturesNumber() throws IOException {
    new TarBuilder()
        .add("val/" + Archives.validationName(3), PICTURE)
        .add("val/" + Archives.validationName(1), PICTURE)
        .add("val/" + Archives.validationName(2), PICTURE)
        .add("val/readme.txt", PICTURE)
        .write(directory.resolve("ILSVRC2012_img_val.tar"));
    Archives.writeDevkit(directory, List.of(1, 0, 2));

    Index index = Index.of(find(directory, Split.VALIDATION, InputLayout.ILSVRC2012, "all"));

    assertThat(index.pictures)
        .extracting(PictureReference::id, PictureReference::wnid)
        .containsExactly(
            tuple("ILSVRC2012_val_00000003.JPEG", "n03255030"),
            tuple("ILSVRC2012_val_00000001.JPEG", "n02119789"),
            tuple("ILSVRC2012_val_00000002.JPEG", "n01440764"));
    assertThat(index.reasons()).containsExactly("val/readme.txt UNEXPECTED_NAME");
  }

  @Test
  void find_testArchive_givesPicturesWithoutClass() throws IOException {
    new TarBuilder()
        .add("test/ILSVRC2012_test_00000001.JPEG", PICTURE)
        .write(directory.resolve("ILSVRC2012_img_test_v10102019.tar"));
    Archives.writeDevkit(directory, List.of());

    PictureSource source = find(directory, Split.TEST, InputLayout.AUTO, "all");

    assertThat(source.labels().size()).isEqualTo(3);
    assertThat(Index.of(source).pictures)
        .extracting(PictureReference::id, PictureReference::wnid)
        .containsExactly(tuple("ILSVRC2012_test_00000001.JPEG", ""));
  }

  @Test
  void find_devkitAsFolder_isRead() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Path data = Files.createDirectories(directory.resolve("ILSVRC2012_devkit_t12/data"));
    Files.write(data.resolve("meta.mat"), Archives.meta());

    assertThat(find(directory, Split.TRAIN, InputLayout.AUTO, "all").labels().classOf(0).name())
        .isEqualTo("tench");
  }

  @Test
  void find_missingTrainingArchive_saysWhatWasLookedFor() throws IOException {
    Archives.writeValidation(directory, 1);

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            "There is no ILSVRC2012_img_train.tar in "
                + directory
                + " for --split train. Fetch it from image-net.org, or give the archive itself as"
                + " --input.");
  }

  @Test
  void find_missingDevkit_saysWhatWasLookedForAndWhy() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Archives.writeValidation(directory, 1);

    for (Split split : List.of(Split.TRAIN, Split.VALIDATION)) {
      Failure failure = failure(directory, split, InputLayout.AUTO, "all");

      assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
      assertThat(failure)
          .hasMessageStartingWith(
              "There is neither "
                  + directory
                  + "/ILSVRC2012_devkit_t12.tar.gz nor the folder ILSVRC2012_devkit_t12 beside it."
                  + " The devkit is needed: ");
    }
    assertThat(find(directory, Split.TRAIN, InputLayout.AUTO, "present").labels().classOf(0))
        .isEqualTo(new ClassLabel("n01440764", "n01440764"));
  }

  @Test
  void find_validationArchiveAsTraining_fails() throws IOException {
    Archives.writeValidation(directory, 2);
    Archives.writeDevkit(directory, List.of(0, 1));
    Path archive = directory.resolve("ILSVRC2012_img_val.tar");

    Failure failure = failure(archive, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            archive
                + " holds no class archives (n01440764.tar) but ILSVRC2012_val_00000001.JPEG, so"
                + " it is not a training archive of ILSVRC2012. Check --split.");
  }

  @Test
  void find_groundTruthOfAnotherLength_fails() throws IOException {
    Archives.writeValidation(directory, 3);
    Archives.writeDevkit(directory, List.of(0, 1));

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            directory.resolve("ILSVRC2012_img_val.tar")
                + " holds 3 pictures, numbered 1 to 3, but the ground truth has 2 lines, one for"
                + " each number from 1. Check --split, and use the complete archive and devkit of"
                + " the same release.");
  }

  @Test
  void find_validationPicturesWithOtherNames_saysHowManyThereAre() throws IOException {
    new TarBuilder()
        .add("1.JPEG", PICTURE)
        .add("2.JPEG", PICTURE)
        .add("3.JPEG", PICTURE)
        .write(directory.resolve("ILSVRC2012_img_val.tar"));
    Archives.writeDevkit(directory, List.of(0, 1, 2));

    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessage(
            directory.resolve("ILSVRC2012_img_val.tar")
                + " holds 3 pictures, but none has a name such as ILSVRC2012_val_00000001.JPEG, so"
                + " the ground truth does not say what is in them. Check --split, and that this is"
                + " the archive as it was published.");
  }

  @Test
  void find_validationNumberTwice_fails() throws IOException {
    new TarBuilder()
        .add(Archives.validationName(1), PICTURE)
        .add("copy/" + Archives.validationName(1), PICTURE)
        .write(directory.resolve("ILSVRC2012_img_val.tar"));
    Archives.writeDevkit(directory, List.of(0, 1));

    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all").kind())
        .isEqualTo(Kind.BAD_DATA);
  }

  @Test
  void find_groundTruthWithStrangeLine_saysWhich() throws IOException {
    Archives.writeValidation(directory, 2);
    Path data = Files.createDirectories(directory.resolve("ILSVRC2012_devkit_t12/data"));
    Files.write(data.resolve("meta.mat"), Archives.meta());
    Path truth =
        Files.writeString(data.resolve("ILSVRC2012_validation_ground_truth.txt"), "449\n1001\n");

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageContaining(
            truth.getFileName() + ", line 2: '1001' is not the id of one of the 3 classes");
  }

  @Test
  void find_devkitOfAnotherYear_fails() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Path data = Files.createDirectories(directory.resolve("ILSVRC2012_devkit_t12/data"));
    Files.write(
        data.resolve("meta.mat"),
        new MetaBuilder("ILSVRC2010_ID").add(1, "n07711080", "french fries", 0).build());

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageContaining("has no classes of ILSVRC2012");
  }

  @Test
  void find_devkitThatIsNotAnArchive_fails() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Files.write(directory.resolve("ILSVRC2012_devkit_t12.tar.gz"), PICTURE);

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageContaining("is not a complete .tar.gz archive: Not in GZIP format");
  }
}
