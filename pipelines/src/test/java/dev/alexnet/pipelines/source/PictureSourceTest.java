package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureSourceTest extends SourceTest {
  @Test
  void find_classesPresent_areThoseOfTheSource() throws IOException {
    Archives.writeValidation(directory, 2);
    Archives.writeDevkit(directory, List.of(2, 2));

    PictureSource source = find(directory, Split.VALIDATION, InputLayout.AUTO, "present");

    assertThat(source.labels().classes()).containsExactly(new ClassLabel("n03255030", "dumbbell"));
  }

  @Test
  void find_classesOfAFile_leavesTheOthersOut() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Archives.writeValidation(directory, 3);
    Archives.writeDevkit(directory, List.of(0, 1, 2));
    Path file = Files.writeString(directory.resolve("few.txt"), "n03255030\nn01440764\ttench\n\n");

    PictureSource train = find(directory, Split.TRAIN, InputLayout.AUTO, file.toString());
    PictureSource validation = find(directory, Split.VALIDATION, InputLayout.AUTO, file.toString());

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

    PictureSource source = find(directory, Split.TRAIN, InputLayout.FOLDERS, file.toString());

    assertThat(source.labels().classes())
        .containsExactly(new ClassLabel("dog", "the dog"), new ClassLabel("wolf", "wolf"));
    assertThat(Index.of(source).ids()).containsExactly("dog/1.png");
    assertThat(source.notices())
        .containsExactly("Classes that " + file + " does not name are left out (1): cat");
  }

  @Test
  void find_fileThatNamesAClassTwice_saysTheLine() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    Path file = Files.writeString(directory.resolve("few.txt"), "cat\ndog\ncat\n");

    assertThat(failure(directory, Split.TRAIN, InputLayout.FOLDERS, file.toString()))
        .hasMessage(file + ", line 3: the class 'cat' is already in line 1");
  }

  @Test
  void find_classesOfAFileThatTheDevkitDoesNotKnow_fails() throws IOException {
    Archives.writeTrain(directory, Archives.pictures(1));
    Archives.writeDevkit(directory, List.of());
    Path file = Files.writeString(directory.resolve("few.txt"), "n00000000\n");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, file.toString()))
        .hasMessage(file + " names the class 'n00000000', which is not in the devkit");
  }

  @Test
  void find_emptyDirectory_saysWhatWasSeenAndLookedFor() {
    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            "No pictures were found at "
                + directory
                + ": it is empty. Looked for ILSVRC2012_img_train.tar, or"
                + " ILSVRC2010_images_train.tar, or Kaggle's ILSVRC/Data/CLS-LOC, or Hugging Face's"
                + " train_images_0.tar.gz and val_images.tar.gz, or a tar for each class, such as"
                + " n01440764.tar, or a WebDataset's numbered tars with key.jpg and key.cls, or"
                + " Parquet files of pictures such as train-00000-of-00294.parquet, or train.csv or"
                + " train.tsv with the path and the class of each picture, or a folder for each"
                + " class with its pictures.");
  }

  @Test
  void find_directoryThatIsNotThere_saysSo() {
    assertThat(failure(directory.resolve("nowhere"), Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageStartingWith(
            directory + "/nowhere does not exist; check where the pictures are");
  }

  @Test
  void find_directoryOfOtherFiles_saysWhatWasSeen() throws IOException {
    Files.write(directory.resolve("notes.txt"), PICTURE);

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageContaining(": it holds notes.txt. Looked for ");
    assertThat(failure(directory, Split.TRAIN, InputLayout.FOLDERS, "all").kind())
        .isEqualTo(Kind.INPUT_MISSING);
  }
}
