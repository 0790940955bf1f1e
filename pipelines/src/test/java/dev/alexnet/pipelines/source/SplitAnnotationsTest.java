package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of annotations, and what is beside the folder of pictures that they describe. */
class SplitAnnotationsTest extends SourceTest {
  private Path annotate(String file, String content) throws IOException {
    return Files.writeString(directory.resolve(file), content);
  }

  private static List<String> pictures(Index index) {
    return index.pictures.stream().map(picture -> picture.id() + " = " + picture.wnid()).toList();
  }

  @Test
  void find_annotationsOfAnotherSplitBesideItsOwn_takesItsOwnAndReportsTheOther()
      throws IOException {
    write("val/images/1.png");
    annotate("val/test_annotations.txt", "1.png\tdog\n");
    annotate("val/val_annotations.txt", "1.png\tcat\n");

    for (Path input : List.of(directory, directory.resolve("val"))) {
      Index index = Index.of(find(input, Split.VALIDATION, InputLayout.AUTO, "all"));

      assertThat(pictures(index)).containsExactly("1.png = cat");
      assertThat(index.ignored).containsExactly("test_annotations.txt");
    }
  }

  @Test
  void find_severalAnnotationsOfNoSplitOrOfTheSame_asksForAChoice() throws IOException {
    write("val/images/1.png");
    annotate("val/a_annotations.txt", "1.png\tdog\n");
    annotate("val/b_annotations.txt", "1.png\tcat\n");

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + "/val holds more than one annotation file: a_annotations.txt,"
                + " b_annotations.txt. Keep only the one for --split validation, or rename that"
                + " one to val_annotations.txt");
    annotate("val/val_annotations.txt", "1.png\tcat\n");
    assertThat(pictures(Index.of(find(directory, Split.VALIDATION, InputLayout.AUTO, "all"))))
        .containsExactly("1.png = cat");
    annotate("val/Valid_Annotations.txt", "1.png\tdog\n");
    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all").kind())
        .isEqualTo(Kind.USAGE);
  }

  @Test
  void find_halfMovedPictures_areRefusedInEverySplit() throws IOException {
    write("train/images/0.JPEG", "train/n01440764/images/1.JPEG");
    write("val/images/0.JPEG", "val/n01440764/1.JPEG", "val/n01443537/2.JPEG");
    annotate("train/train_annotations.txt", "0.JPEG\tn01440764\n");
    annotate("val/val_annotations.txt", "0.JPEG\tn01440764\n");

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            directory
                + "/val/images is not empty, and folders beside it hold pictures, too:"
                + " n01440764/, n01443537/. Either move all pictures into the folders of their"
                + " classes and delete it, or move all pictures back into it, so that the"
                + " annotations beside it give their classes");
    assertThat(failure(directory.resolve("val"), Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessage(failure.getMessage());
    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageStartingWith(directory + "/train/images is not empty, and folders beside it");
  }

  @Test
  void find_foldersWithoutPicturesBesideAnnotatedOnes_areNotClassesAndReported()
      throws IOException {
    write("val/images/0.JPEG", "val/extra/old/1.JPEG");
    Files.createDirectories(directory.resolve("val/n01440764"));
    annotate("val/val_annotations.txt", "0.JPEG\tn01443537\n");

    PictureSource source = find(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(source.labels().classes()).extracting(ClassLabel::wnid).containsExactly("n01443537");
    Index index = Index.of(source);
    assertThat(pictures(index)).containsExactly("0.JPEG = n01443537");
    assertThat(index.ignored).containsExactly("extra/", "n01440764/");
  }

  @Test
  void find_twoAnnotatedFoldersOfPictures_asksForAChoice() throws IOException {
    write("val/images/0.JPEG", "val/photos/0.JPEG");
    annotate("val/val_annotations.txt", "0.JPEG\tn01443537\n");

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + "/val holds val_annotations.txt and more than one folder of pictures: images/,"
                + " photos/. Keep only the folder that the file describes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"images", "Images/old", "img"})
  void find_emptyFolderOfPicturesBesideClasses_isNotAClassAndReported(String empty)
      throws IOException {
    write("train/n01440764/0.JPEG", "train/cat/1.JPEG", "val/n01440764/1.JPEG", "val/cat/2.JPEG");
    for (String split : List.of("train", "val")) {
      Path folder = Files.createDirectories(directory.resolve(split).resolve(empty));
      Files.writeString(folder.resolve(".DS_Store"), "");
    }
    annotate("val/val_annotations.txt", "1.JPEG\tn01440764\n2.JPEG\tcat\n");

    PictureSource train = find(directory, Split.TRAIN, InputLayout.AUTO, "all");
    PictureSource validation = find(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    String told = Path.of(empty).getName(0) + "/";
    assertThat(train.labels().classes())
        .extracting(ClassLabel::wnid)
        .containsExactly("cat", "n01440764");
    assertThat(validation.labels()).isEqualTo(train.labels());
    assertThat(Index.of(train).ignored).containsExactly(told);
    assertThat(Index.of(validation).ignored).containsExactly(told, "val_annotations.txt");
    assertThat(Index.of(validation).ids()).containsExactly("cat/2.JPEG", "n01440764/1.JPEG");
    write("test/images/3.JPEG");
    assertThat(find(directory, Split.TEST, InputLayout.AUTO, "all").labels())
        .isEqualTo(train.labels());
  }

  @Test
  void find_folderOfPicturesBesideClassesWithoutAnnotations_isAClassAndReported()
      throws IOException {
    write("cat/1.png", "images/2.png");

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(Index.of(source).ids()).containsExactly("cat/1.png", "images/2.png");
    assertThat(source.notices())
        .containsExactly(
            directory
                + "/images is read as the folder of a class called 'images'. If it is not a class,"
                + " move it away and convert again");
  }

  @Test
  void find_annotationsThatAreNotUtf8_areRefusedWithTheLine() throws IOException {
    write("val/images/1.png", "val/images/2.png");
    Path file = directory.resolve("val/val_annotations.txt");
    Files.write(file, "1.png\tcaf\u00e9\n2.png\tcaf\u00e8\n".getBytes(StandardCharsets.ISO_8859_1));

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessage(file + ", line 1: a byte is not UTF-8; save the file as UTF-8");
    annotate("val/val_annotations.txt", "\uFEFF1.png\tcaf\u00e9\n2.png\tcaf\u00e8\n");
    assertThat(pictures(Index.of(find(directory, Split.VALIDATION, InputLayout.AUTO, "all"))))
        .containsExactly("1.png = caf\u00e9", "2.png = caf\u00e8");
    Files.write(file, "1.png\tcaf\uFFFD\n2.png\tcaf".getBytes(StandardCharsets.UTF_8));
    Files.write(file, new byte[] {(byte) 0xe8}, StandardOpenOption.APPEND);
    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessage(file + ", line 2: a byte is not UTF-8; save the file as UTF-8");
  }

  @Test
  void find_classFoldersInAFolderOfPictures_saysWhereTheyAre() throws IOException {
    write("images/cat/1.jpg", "images/dog/1.jpg");

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            "There is no class folder in %s, but there are folders in %s/images: cat/, dog/. Give --input %s/images"
                .formatted(directory, directory, directory));
    assertThat(
            Index.of(find(directory.resolve("images"), Split.TRAIN, InputLayout.AUTO, "all")).ids())
        .containsExactly("cat/1.jpg", "dog/1.jpg");
  }

  @Test
  void find_classesThatTheTrainingSetLacks_saysThatItDecided() throws IOException {
    write("train/cat/1.png", "val/images/1.png", "val/images/2.png");
    annotate("val/val_annotations.txt", "1.png\tcat\n2.png\twolf\n");

    assertThat(find(directory, Split.VALIDATION, InputLayout.AUTO, "all").notices())
        .containsExactly(
            "Pictures of classes that the training set beside them does not have will be rejected. Classes (1):"
                + " wolf");
  }
}
