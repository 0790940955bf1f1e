package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The archives of 2010, and those of both years side by side. */
class Ilsvrc2010Test extends SourceTest {
  private static final byte[] CORRECTION = Drawing.jpeg(30, 30, 2);
  private static final String VALIDATION = "val/ILSVRC2010_val_%08d.JPEG";
  private static final String TEST = "test/ILSVRC2010_test_%08d.JPEG";

  private PictureSource find(Split split, InputLayout layout) {
    return find(directory, split, layout, "all");
  }

  private Failure failure(Split split, InputLayout layout) {
    return failure(directory, split, layout, "all");
  }

  private void writeTrain() throws IOException {
    Archives.classTars(Archives.pictures(2))
        .write(directory.resolve("ILSVRC2010_images_train.tar"));
  }

  private void writeFlat(String archive, String pattern, int pictures) throws IOException {
    TarBuilder tar = new TarBuilder();
    for (int number = 1; number <= pictures; number++) {
      tar.add(pattern.formatted(number), PICTURE);
    }
    tar.write(directory.resolve(archive));
  }

  private static byte[] bytes(PictureReference reference) throws IOException {
    byte[] archive = Files.readAllBytes(Path.of(reference.archive().value()));
    int offset = (int) reference.offset();
    return Arrays.copyOfRange(archive, offset, offset + (int) reference.length());
  }

  @Test
  void find_trainingArchives_givesPicturesOfEveryClassTar() throws IOException {
    writeTrain();
    Archives.writeDevkit2010(directory, List.of());

    PictureSource source = find(Split.TRAIN, InputLayout.AUTO);

    assertThat(source.description()).startsWith("ILSVRC2010 train archive ILSVRC2010_images_train");
    assertThat(source.labels().classOf(1).name()).isEqualTo("kit fox");
    assertThat(Index.of(source).ids())
        .containsExactly(
            "n01440764_1.JPEG",
            "n01440764_2.JPEG",
            "n02119789_1.JPEG",
            "n02119789_2.JPEG",
            "n03255030_1.JPEG",
            "n03255030_2.JPEG");
  }

  @Test
  void find_validationArchive_takesTheClassFromTheLineOfThePicturesNumber() throws IOException {
    writeFlat("ILSVRC2010_images_val.tar", VALIDATION, 3);
    Archives.writeDevkit2010(directory, List.of(1, 0, 2));

    assertThat(Index.of(find(Split.VALIDATION, InputLayout.AUTO)).pictures)
        .extracting(PictureReference::id, PictureReference::wnid)
        .containsExactly(
            tuple("ILSVRC2010_val_00000001.JPEG", "n02119789"),
            tuple("ILSVRC2010_val_00000002.JPEG", "n01440764"),
            tuple("ILSVRC2010_val_00000003.JPEG", "n03255030"));
  }

  @Test
  void find_testArchive_takesTheClassesFromTheFileBesideIt() throws IOException {
    writeFlat("ILSVRC2010_images_test.tar", "ILSVRC2010_test_%08d.JPEG", 2);
    Archives.writeDevkit2010(directory, List.of());
    Files.write(directory.resolve("ILSVRC2010_test_ground_truth.txt"), Archives.ids(List.of(2, 0)));

    assertThat(Index.of(find(Split.TEST, InputLayout.AUTO)).pictures)
        .extracting(PictureReference::id, PictureReference::wnid)
        .containsExactly(
            tuple("ILSVRC2010_test_00000001.JPEG", "n03255030"),
            tuple("ILSVRC2010_test_00000002.JPEG", "n01440764"));
  }

  @Test
  void find_testArchiveWithoutItsClasses_saysWhatIsMissing() throws IOException {
    writeFlat("ILSVRC2010_images_test.tar", TEST, 1);
    Archives.writeDevkit2010(directory, List.of());

    Failure failure = failure(Split.TEST, InputLayout.ILSVRC2010);

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessageStartingWith(
            "There is no "
                + directory
                + "/ILSVRC2010_test_ground_truth.txt, which gives the classes");
  }

  @Test
  void find_patchOfTrainingPictures_replacesThem() throws IOException {
    writeTrain();
    Archives.writeDevkit2010(directory, List.of());
    new TarBuilder()
        .addDirectory("patch_images/train")
        .add("patch_images/train/n02119789_2.JPEG", CORRECTION)
        .add("patch_images/val/ILSVRC2010_val_00000001.JPEG", CORRECTION)
        .add("patch_images/readme.txt", PICTURE)
        .write(directory.resolve("patch_images.tar"));

    PictureSource source = find(Split.TRAIN, InputLayout.AUTO);

    assertThat(source.description()).endsWith("bytes, corrected by 1 pictures");
    Index index = Index.of(source);
    assertThat(index.rejections).isEmpty();
    assertThat(index.ids()).hasSize(6).doesNotHaveDuplicates();
    PictureReference corrected = index.pictures.get(3);
    assertThat(corrected.id()).isEqualTo("n02119789_2.JPEG");
    assertThat(corrected.wnid()).isEqualTo("n02119789");
    assertThat(bytes(corrected)).isEqualTo(CORRECTION);
    assertThat(bytes(index.pictures.get(2)))
        .isEqualTo(Archives.pictures(2).get("n02119789").get("n02119789_1.JPEG"));
  }

  @Test
  void find_patchOfNumberedPictures_replacesThem() throws IOException {
    writeFlat("ILSVRC2010_images_val.tar", VALIDATION, 2);
    Archives.writeDevkit2010(directory, List.of(1, 0));
    new TarBuilder()
        .add("patch_images/val/ILSVRC2010_val_00000002.JPEG", CORRECTION)
        .write(directory.resolve("patch_images.tar"));

    Index index = Index.of(find(Split.VALIDATION, InputLayout.AUTO));

    assertThat(index.pictures)
        .extracting(PictureReference::wnid)
        .containsExactly("n02119789", "n01440764");
    assertThat(bytes(index.pictures.get(0))).isEqualTo(PICTURE);
    assertThat(bytes(index.pictures.get(1))).isEqualTo(CORRECTION);
  }

  @Test
  void find_patchOfPicturesThatAreNotThere_rejectsThem() throws IOException {
    writeTrain();
    Archives.writeDevkit2010(directory, List.of());
    new TarBuilder()
        .add("patch_images/train/n02119789_9.JPEG", CORRECTION)
        .add("patch_images/other/n02119789_1.JPEG", CORRECTION)
        .write(directory.resolve("patch_images.tar"));

    Index index = Index.of(find(Split.TRAIN, InputLayout.AUTO));

    assertThat(index.pictures).hasSize(6);
    assertThat(index.reasons())
        .containsExactly(
            "patch_images/other/n02119789_1.JPEG UNEXPECTED_NAME",
            "patch_images/train/n02119789_9.JPEG UNEXPECTED_NAME");
  }

  @Test
  void find_bothYears_asksForAChoice() throws IOException {
    writeTrain();
    Archives.writeDevkit2010(directory, List.of());
    Archives.writeValidation(directory, 1);
    Archives.writeDevkit(directory, List.of(0));

    Failure failure = failure(Split.TRAIN, InputLayout.AUTO);

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + " can be read in more than one way: as ilsvrc2012, because of ILSVRC2012_img_val.tar; as"
                + " ilsvrc2010, because of ILSVRC2010_images_train.tar. Choose one with --layout.");
    assertThat(Index.of(find(Split.TRAIN, InputLayout.ILSVRC2010)).pictures).hasSize(6);
    assertThat(Index.of(find(Split.VALIDATION, InputLayout.ILSVRC2012)).pictures).hasSize(1);
  }

  @Test
  void find_classFoldersBesideArchives_asksForAChoice() throws IOException {
    writeTrain();
    Archives.writeDevkit2010(directory, List.of());
    Files.createDirectory(directory.resolve("notes"));
    assertThat(Index.of(find(Split.TRAIN, InputLayout.AUTO)).pictures).hasSize(6);

    Files.createDirectory(directory.resolve("n01440764"));

    assertThat(failure(Split.TRAIN, InputLayout.AUTO).kind()).isEqualTo(Kind.USAGE);
  }

  @Test
  void find_foldersBesideTwoDevkits_asksForAChoice() throws IOException {
    Archives.writeFolders(directory, Archives.pictures(1));
    Archives.writeDevkit2010(directory, List.of());
    assertThat(find(Split.TRAIN, InputLayout.AUTO).labels().classOf(1).name()).isEqualTo("kit fox");

    Archives.writeDevkit(directory, List.of());

    assertThat(failure(Split.TRAIN, InputLayout.AUTO))
        .hasMessageContaining("choose with --devkit the one that belongs to the pictures");
  }

  @Test
  void find_archiveOfAnotherName_isKnownByTheDevkitBesideIt() throws IOException {
    Path archive = directory.resolve("pictures.tar");
    Archives.classTars(Archives.pictures(1)).write(archive);
    SourceSettings settings =
        new SourceSettings(
            Location.of(archive), Split.TRAIN, InputLayout.AUTO, null, "all", ClassOrder.AUTO);
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> PictureSource.find(ObjectStores.standard(), settings)))
        .hasMessage(
            "Neither the name of "
                + archive
                + " nor a devkit beside it shows what it is. Give its layout with --layout.");

    Archives.writeDevkit2010(directory, List.of());

    assertThat(PictureSource.find(ObjectStores.standard(), settings).description())
        .startsWith("ILSVRC2010 train archive pictures.tar");
  }
}
