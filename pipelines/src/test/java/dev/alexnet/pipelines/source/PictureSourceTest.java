package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.MetaBuilder;
import dev.alexnet.pipelines.fixture.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSourceTest {
  private static final byte[] PICTURE = Drawing.jpeg(20, 20, 1);
  @TempDir private Path directory;

  private PictureSource find(Path input, String split, String layout, String classes) {
    return PictureSource.find(
        ObjectStores.standard(),
        new SourceSettings(Location.of(input), split, layout, null, classes));
  }

  private Failure failure(Path input, String split, String layout, String classes) {
    return catchThrowableOfType(Failure.class, () -> Index.of(find(input, split, layout, classes)));
  }

  @Test
  void find_trainingArchives_givesPicturesOfEveryClassTar() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(2));
    Archives.writeDevkit(directory, List.of());

    PictureSource source = find(directory, "train", "auto", "all");

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
        find(directory.resolve("ILSVRC2012_img_train.tar"), "train", "auto", "all");

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

    Index index = Index.of(find(directory, "validation", "ilsvrc2012", "all"));

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

    PictureSource source = find(directory, "test", "auto", "all");

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

    assertThat(find(directory, "train", "auto", "all").labels().classOf(0).name())
        .isEqualTo("tench");
  }

  @Test
  void find_classesPresent_areThoseOfTheSource() throws IOException {
    Archives.writeValidation(directory, 2);
    Archives.writeDevkit(directory, List.of(2, 2));

    PictureSource source = find(directory, "validation", "auto", "present");

    assertThat(source.labels().classes()).containsExactly(new ClassLabel("n03255030", "dumbbell"));
  }

  @Test
  void find_classesOfAFile_leavesTheOthersOut() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Archives.writeValidation(directory, 3);
    Archives.writeDevkit(directory, List.of(0, 1, 2));
    Path file = Files.writeString(directory.resolve("few.txt"), "n03255030\nn01440764\ttench\n\n");

    PictureSource train = find(directory, "train", "auto", file.toString());
    PictureSource validation = find(directory, "validation", "auto", file.toString());

    assertThat(train.labels().classes())
        .containsExactly(
            new ClassLabel("n01440764", "tench"), new ClassLabel("n03255030", "dumbbell"));
    assertThat(validation.labels()).isEqualTo(train.labels());
    assertThat(Index.of(train).ids()).containsExactly("n01440764_1.JPEG", "n03255030_1.JPEG");
    assertThat(Index.of(validation).ids())
        .containsExactly("ILSVRC2012_val_00000001.JPEG", "ILSVRC2012_val_00000003.JPEG");
  }

  @Test
  void find_foldersAndAFileOfClasses_leavesTheOthersOutAndSaysSo() throws IOException {
    Archives.writeFolders(
        directory, Map.of("cat", Map.of("1.png", PICTURE), "dog", Map.of("1.png", PICTURE)));
    Path file = Files.writeString(directory.resolve("few.txt"), "dog\tthe dog\nwolf\n");

    PictureSource source = find(directory, "train", "folders", file.toString());

    assertThat(source.labels().classes())
        .containsExactly(new ClassLabel("dog", "the dog"), new ClassLabel("wolf", "wolf"));
    assertThat(Index.of(source).ids()).containsExactly("dog/1.png");
    assertThat(source.notices())
        .containsExactly("Classes that " + file + " does not name are left out, 1: cat");
  }

  @Test
  void find_fileThatNamesAClassTwice_saysTheLine() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    Path file = Files.writeString(directory.resolve("few.txt"), "cat\ndog\ncat\n");

    assertThat(failure(directory, "train", "folders", file.toString()))
        .hasMessage(file + ", line 3: the class 'cat' stands in line 1 already");
  }

  @Test
  void find_classesOfAFileThatTheDevkitDoesNotKnow_fails() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Archives.writeDevkit(directory, List.of());
    Path file = Files.writeString(directory.resolve("few.txt"), "n00000000\n");

    assertThat(failure(directory, "train", "auto", file.toString()))
        .hasMessage(file + " names the class 'n00000000', which the devkit does not know");
  }

  @Test
  void find_folders_givesTheirPictures() throws IOException {
    Archives.writeFolders(
        directory,
        Map.of(
            "cat", Map.of("1.png", PICTURE, "2.JPG", PICTURE),
            "dog", Map.of("1.png", PICTURE, "dog_2.jpeg", PICTURE, "notes.txt", PICTURE)));
    Files.write(directory.resolve("cat/.DS_Store"), PICTURE);
    Files.write(directory.resolve("lost.jpg"), PICTURE);

    PictureSource source = find(directory, "train", "auto", "all");

    assertThat(source.labels().classes())
        .containsExactly(new ClassLabel("cat", "cat"), new ClassLabel("dog", "dog"));
    Index index = Index.of(source);
    assertThat(index.ids())
        .containsExactly("cat/1.png", "cat/2.JPG", "dog/1.png", "dog/dog_2.jpeg");
    assertThat(index.pictures.get(0))
        .isEqualTo(
            new PictureReference(
                Location.of(directory.resolve("cat/1.png")),
                0,
                PICTURE.length,
                "cat/1.png",
                "cat"));
    assertThat(index.reasons())
        .containsExactly("lost.jpg UNEXPECTED_NAME", "dog/notes.txt UNEXPECTED_NAME");
    assertThat(index.ignored).containsExactly("cat/.DS_Store");
  }

  @Test
  void find_classNamesThatBeginAlike_giveEachPictureAnIdOfItsOwn() throws IOException {
    Archives.writeFolders(
        directory, Map.of("a", Map.of("a_b_1.jpg", PICTURE), "a_b", Map.of("a_b_1.jpg", PICTURE)));

    assertThat(Index.of(find(directory, "train", "auto", "all")).ids())
        .containsExactly("a/a_b_1.jpg", "a_b/a_b_1.jpg");
  }

  @Test
  void find_fileWhoseNameIsNotUtf8_isRejectedForThat() throws Exception {
    Path cat = Files.createDirectory(directory.resolve("cat"));
    Files.write(cat.resolve("1.png"), PICTURE);
    // Java cannot make such a name itself.
    new ProcessBuilder("sh", "-c", "cp 1.png \"$(printf 'caf\\351.png')\"")
        .directory(cat.toFile())
        .start()
        .waitFor();
    assumeThat(cat.toFile().list()).as("a file system of bytes").hasSize(2);

    Index index = Index.of(find(directory, "train", "auto", "all"));

    assertThat(index.ids()).containsExactly("cat/1.png");
    assertThat(index.reasons()).containsExactly("cat/caf\uFFFD.png NOT_A_FILE");
    assertThat(index.rejections.get(0).message())
        .isEqualTo("its name is not UTF-8, so that it cannot be opened here; rename it");
  }

  @Test
  void find_linksThatLeadNowhere_areRejectedAsSuch() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    Files.createSymbolicLink(directory.resolve("dog"), directory.resolve("moved"));
    Files.createSymbolicLink(directory.resolve("cat/2.png"), directory.resolve("moved.png"));

    Index index = Index.of(find(directory, "train", "auto", "all"));

    assertThat(index.ids()).containsExactly("cat/1.png");
    assertThat(index.reasons()).containsExactly("dog NOT_A_FILE", "cat/2.png NOT_A_FILE");
    assertThat(index.rejections.get(0).message())
        .isEqualTo("it is a link that leads nowhere, or a device");
  }

  @Test
  void find_foldersOfSplits_readsThoseOfTheSplitAsked() throws IOException {
    Archives.writeFolders(
        directory,
        Map.of("train/cat", Map.of("1.png", PICTURE), "train/dog", Map.of("1.png", PICTURE)));
    Archives.writeFolders(directory, Map.of("val/cat", Map.of("2.png", PICTURE)));

    PictureSource train = find(directory, "train", "auto", "all");
    assertThat(train.description())
        .isEqualTo("2 class folders of " + directory.getFileName() + "/train");
    assertThat(train.labels().classes()).extracting(ClassLabel::wnid).containsExactly("cat", "dog");
    assertThat(Index.of(train).ids()).containsExactly("cat/1.png", "dog/1.png");
    PictureSource validation = find(directory, "validation", "folders", "all");
    assertThat(Index.of(validation).ids()).containsExactly("cat/2.png");
    assertThat(failure(directory, "test", "auto", "all"))
        .hasMessage(
            "%s holds class folders in train/, val/, but none for --split test. Say which are meant, as --input %s/train"
                .formatted(directory, directory));
  }

  @Test
  void find_classThatIsCalledTrain_isAClass() throws IOException {
    Archives.writeFolders(
        directory, Map.of("train", Map.of("1.png", PICTURE), "plane", Map.of("1.png", PICTURE)));
    Files.createDirectory(directory.resolve("train/old"));

    PictureSource source = find(directory, "train", "auto", "all");

    assertThat(source.labels().classes())
        .extracting(ClassLabel::wnid)
        .containsExactly("plane", "train");
  }

  @Test
  void find_missingTrainingArchive_saysWhatWasLookedFor() throws IOException {
    Archives.writeValidation(directory, 1);

    Failure failure = failure(directory, "train", "auto", "all");

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

    for (String split : List.of("train", "validation")) {
      Failure failure = failure(directory, split, "auto", "all");

      assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
      assertThat(failure)
          .hasMessageStartingWith(
              "There is neither "
                  + directory
                  + "/ILSVRC2012_devkit_t12.tar.gz nor the folder ILSVRC2012_devkit_t12 beside it,"
                  + " but ");
    }
    assertThat(find(directory, "train", "auto", "present").labels().classOf(0))
        .isEqualTo(new ClassLabel("n01440764", "n01440764"));
  }

  @Test
  void find_emptyDirectory_saysWhatWasSeenAndLookedFor() {
    Failure failure = failure(directory, "train", "auto", "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            "No pictures were recognised at "
                + directory
                + ": it is empty. Looked for ILSVRC2012_img_train.tar, or"
                + " ILSVRC2010_images_train.tar, or train.csv or train.tsv with the path and the"
                + " class of each picture, or a folder for each class with .JPEG, .jpg, .jpeg or"
                + " .png files.");
  }

  @Test
  void find_directoryThatIsNotThere_saysSo() {
    assertThat(failure(directory.resolve("nowhere"), "train", "auto", "all"))
        .hasMessageStartingWith(
            "No pictures were recognised at "
                + directory
                + "/nowhere: it is not there. Looked for");
  }

  @Test
  void find_directoryOfOtherFiles_saysWhatWasSeen() throws IOException {
    Files.write(directory.resolve("notes.txt"), PICTURE);

    assertThat(failure(directory, "train", "auto", "all"))
        .hasMessageContaining(": it holds notes.txt. Looked for ");
    assertThat(failure(directory, "train", "folders", "all").kind()).isEqualTo(Kind.INPUT_MISSING);
  }

  @Test
  void find_validationArchiveAsTraining_fails() throws IOException {
    Archives.writeValidation(directory, 2);
    Archives.writeDevkit(directory, List.of(0, 1));
    Path archive = directory.resolve("ILSVRC2012_img_val.tar");

    Failure failure = failure(archive, "train", "auto", "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            archive
                + " holds no class archives (n01440764.tar) but ILSVRC2012_val_00000001.JPEG, so it"
                + " is no training archive of ILSVRC2012. Is --split right?");
  }

  @Test
  void find_groundTruthOfAnotherLength_fails() throws IOException {
    Archives.writeValidation(directory, 3);
    Archives.writeDevkit(directory, List.of(0, 1));

    Failure failure = failure(directory, "validation", "auto", "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            directory.resolve("ILSVRC2012_img_val.tar")
                + " holds 3 pictures, numbered 1 to 3, but the ground truth has 2 lines,"
                + " a line for each number from 1. Is --split right? Use the archive and the devkit"
                + " of the same release, both whole.");
  }

  @Test
  void find_validationNumberTwice_fails() throws IOException {
    new TarBuilder()
        .add(Archives.validationName(1), PICTURE)
        .add("copy/" + Archives.validationName(1), PICTURE)
        .write(directory.resolve("ILSVRC2012_img_val.tar"));
    Archives.writeDevkit(directory, List.of(0, 1));

    assertThat(failure(directory, "validation", "auto", "all").kind()).isEqualTo(Kind.BAD_DATA);
  }

  @Test
  void find_devkitOfOtherClasses_fails() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    Archives.writeDevkit(directory, List.of());

    assertThat(failure(directory, "train", "auto", "all"))
        .hasMessage(
            "None of the 1 classes of the source (cat …) is in the devkit "
                + directory
                + "/ILSVRC2012_devkit_t12.tar.gz; give the devkit that belongs to these pictures");
  }

  @Test
  void find_groundTruthWithStrangeLine_saysWhich() throws IOException {
    Archives.writeValidation(directory, 2);
    Path data = Files.createDirectories(directory.resolve("ILSVRC2012_devkit_t12/data"));
    Files.write(data.resolve("meta.mat"), Archives.meta());
    Path truth =
        Files.writeString(data.resolve("ILSVRC2012_validation_ground_truth.txt"), "449\n1001\n");

    Failure failure = failure(directory, "validation", "auto", "all");

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

    assertThat(failure(directory, "train", "auto", "all"))
        .hasMessageContaining("has no classes of ILSVRC2012");
  }

  @Test
  void find_devkitThatIsNoArchive_fails() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Files.write(directory.resolve("ILSVRC2012_devkit_t12.tar.gz"), PICTURE);

    Failure failure = failure(directory, "train", "auto", "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining("is no whole .tar.gz archive: Not in GZIP format");
  }
}
