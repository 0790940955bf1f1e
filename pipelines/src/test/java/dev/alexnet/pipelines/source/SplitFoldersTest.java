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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which folders are splits, which are classes, and which are neither. */
class SplitFoldersTest extends SourceTest {
  private List<String> ids(Split split) {
    return Index.of(find(directory, split, InputLayout.AUTO, "all")).ids();
  }

  @ParameterizedTest
  @CsvSource({
    "Train,Val,Test",
    "training,validation,testing",
    "tr,valid,te",
    "TRAIN,dev,TEST",
    "training_set,val_set,test_set",
    "train2017,val2017,test2017",
  })
  void find_splitsOfAnyUsualName_areReadByTheSplit(String train, String validation, String test)
      throws IOException {
    write(train + "/cat/1.png", train + "/dog/1.png");
    write(validation + "/cat/2.png", test + "/cat/3.png");

    assertThat(ids(Split.TRAIN)).containsExactly("cat/1.png", "dog/1.png");
    assertThat(ids(Split.VALIDATION)).containsExactly("cat/2.png");
    assertThat(ids(Split.TEST)).containsExactly("cat/3.png");
  }

  @Test
  void find_splitThatIsMissing_neverAdvisesTheFolderOfAnother() throws IOException {
    write("train/cat/1.png", "other/cat/2.png");

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            directory
                + " holds pictures in train/, but no folder for --split validation, such as val,"
                + " valid, validation. Choose another --split, or give the folder of this split as"
                + " --input");
  }

  @Test
  void find_twoFoldersOfOneSplit_asksForAChoice() throws IOException {
    write("train/cat/1.png", "val/cat/2.png", "valid/cat/3.png");

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + " holds more than one folder for --split validation: val/, valid/. Give the one"
                + " that you mean as --input");
    assertThat(ids(Split.TRAIN)).containsExactly("cat/1.png");
  }

  @Test
  void find_folderOfAnotherSplit_saysSo() throws IOException {
    write("train/cat/1.png");

    assertThat(
            find(directory.resolve("train"), Split.VALIDATION, InputLayout.AUTO, "all").notices())
        .containsExactly(
            "The pictures of "
                + directory
                + "/train are converted as --split validation, but the name of their folder"
                + " suggests --split train; check --split");
  }

  @ParameterizedTest
  @EnumSource(
      value = Split.class,
      names = {"TRAIN", "VALIDATION"})
  void find_splitsOfLoosePictures_areRefused(Split split) throws IOException {
    write("train/0.JPEG", "val/1.JPEG");

    Failure failure = failure(directory, split, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageStartingWith(
            directory.resolve(split == Split.TRAIN ? "train" : "val")
                + " holds pictures, but no folder for each class, so their classes are unknown.");
  }

  @Test
  void find_loosePicturesAlone_areRefusedAsSuch() throws IOException {
    write("train/1.png");
    assertThat(failure(directory, Split.TRAIN, InputLayout.FOLDERS, "all").kind())
        .isEqualTo(Kind.BAD_DATA);
    assertThat(failure(directory.resolve("train"), Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageStartingWith(directory + "/train holds pictures, but no folder for each class");
  }

  @Test
  void find_testOfLoosePictures_hasTheClassesOfTrainingAndNoLabels() throws IOException {
    write("train/cat/1.png", "train/dog/1.png", "test/1.png", "test/2.png");

    for (Path input : List.of(directory, directory.resolve("test"))) {
      PictureSource source = find(input, Split.TEST, InputLayout.AUTO, "all");

      assertThat(source.labelled()).isFalse();
      assertThat(source.labels().classes())
          .extracting(ClassLabel::wnid)
          .containsExactly("cat", "dog");
      assertThat(Index.of(source).pictures)
          .extracting(picture -> picture.id() + " = " + picture.wnid())
          .containsExactly("1.png = ", "2.png = ");
    }
    Files.move(directory.resolve("test"), directory.resolve("elsewhere"));
    assertThat(failure(directory.resolve("elsewhere"), Split.TEST, InputLayout.AUTO, "all"))
        .hasMessageContaining("give the classes with --devkit, or with --classes");
  }

  @Test
  void find_tinyImageNetAsDownloaded_readsEverySplit() throws IOException {
    Path root = Files.createDirectory(directory.resolve("tiny-imagenet-200"));
    for (String wnid : List.of("n02124075", "n01443537", "n04067472")) {
      write("tiny-imagenet-200/train/" + wnid + "/images/" + wnid + "_0.JPEG");
      Files.writeString(
          root.resolve("train/" + wnid + "/" + wnid + "_boxes.txt"),
          wnid + "_0.JPEG\t0\t0\t62\t62\n");
    }
    for (int i = 0; i < 3; i++) {
      write("tiny-imagenet-200/val/images/val_" + i + ".JPEG");
      write("tiny-imagenet-200/test/images/test_" + i + ".JPEG");
    }
    Files.writeString(
        root.resolve("val/val_annotations.txt"),
        """
        val_0.JPEG\tn04067472\t0\t32\t44\t62
        val_1.JPEG\tn01443537\t52\t55\t57\t59
        val_2.JPEG\tn04067472\t4\t0\t60\t55
        """);
    Files.writeString(root.resolve("wnids.txt"), "n02124075\nn04067472\nn01443537\n");

    PictureSource train = find(root, Split.TRAIN, InputLayout.AUTO, "all");
    assertThat(train.labels().classes())
        .extracting(ClassLabel::wnid)
        .containsExactly("n01443537", "n02124075", "n04067472");
    Index trained = Index.of(train);
    assertThat(trained.ids())
        .containsExactly("n01443537_0.JPEG", "n02124075_0.JPEG", "n04067472_0.JPEG");
    assertThat(trained.rejections).isEmpty();
    assertThat(trained.ignored)
        .containsExactly(
            "wnids.txt",
            "n01443537/n01443537_boxes.txt",
            "n02124075/n02124075_boxes.txt",
            "n04067472/n04067472_boxes.txt");
    for (Path input : List.of(root, root.resolve("val"))) {
      PictureSource validation = find(input, Split.VALIDATION, InputLayout.AUTO, "all");
      assertThat(validation.labels()).isEqualTo(train.labels());
      assertThat(Index.of(validation).pictures)
          .extracting(picture -> picture.id() + " = " + picture.wnid())
          .containsExactly(
              "val_0.JPEG = n04067472", "val_1.JPEG = n01443537", "val_2.JPEG = n04067472");
    }
    for (Path input : List.of(root, root.resolve("test"))) {
      PictureSource test = find(input, Split.TEST, InputLayout.AUTO, "all");
      assertThat(test.labelled()).isFalse();
      assertThat(test.labels()).isEqualTo(train.labels());
      assertThat(Index.of(test).ids()).containsExactly("test_0.JPEG", "test_1.JPEG", "test_2.JPEG");
    }
  }

  @Test
  void find_annotationsThatDoNotFitThePictures_areReportedOneByOne() throws IOException {
    write("train/cat/1.png", "val/images/1.JPEG", "val/images/2.JPEG", "val/images/3.JPEG");
    Path file = directory.resolve("val/val_annotations.txt");
    Files.writeString(file, "1.JPEG\tcat\n3.JPEG\tdog\n4.JPEG\tcat\n");

    Index index = Index.of(find(directory, Split.VALIDATION, InputLayout.AUTO, "all"));

    assertThat(index.pictures)
        .extracting(picture -> picture.id() + " = " + picture.wnid())
        .containsExactly("1.JPEG = cat", "3.JPEG = dog");
    assertThat(index.reasons()).containsExactly("2.JPEG UNKNOWN_CLASS", "4.JPEG MISSING_FILE");
    Files.writeString(file, "1.JPEG\tcat\n2.JPEG cat\n");
    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessage(
            file + ", line 2: it must have the name of a picture, a tab and the picture's class");
    Files.writeString(file, "1.JPEG\tcat\n1.JPEG\tdog\n");
    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessage(file + ", line 2: the picture 1.JPEG is already in an earlier line");
  }

  @Test
  void find_foldersOfOperatingSystems_areIgnoredAndNotClasses() throws IOException {
    write("n01440764/1.jpg", "n01443537/1.jpg", "n01443537/@eaDir/1.jpg", "n01443537/Thumbs.db");
    write("__MACOSX/._n01440764", "__MACOSX/n01440764/1.jpg", ".Trash-1000/files/1.jpg");
    for (String name :
        List.of("lost+found", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "FOUND.000")) {
      Files.createDirectories(directory.resolve(name));
    }

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(source.labels().classes())
        .extracting(ClassLabel::wnid)
        .containsExactly("n01440764", "n01443537");
    Index index = Index.of(source);
    assertThat(index.ids()).containsExactly("n01440764/1.jpg", "n01443537/1.jpg");
    assertThat(index.rejections).isEmpty();
    assertThat(index.ignored)
        .containsExactly(
            "$RECYCLE.BIN/",
            ".Trash-1000/",
            "@eaDir/",
            "FOUND.000/",
            "System Volume Information/",
            "__MACOSX/",
            "lost+found/",
            "n01443537/@eaDir/",
            "n01443537/Thumbs.db");
  }

  @Test
  void find_nothingButFoldersOfOperatingSystems_isNotAClass() throws IOException {
    write("__MACOSX/n01440764/1.jpg");
    Files.createDirectories(directory.resolve("lost+found"));

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all").kind())
        .isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure(directory, Split.TRAIN, InputLayout.FOLDERS, "all").kind())
        .isEqualTo(Kind.INPUT_MISSING);
  }

  @Test
  void find_oneFolderOfPictures_isNotAClass() throws IOException {
    write("images/1.png", "images/2.png", "ILSVRC2012_devkit_t12/data/cover.png");

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageStartingWith(directory + "/images holds pictures, but no folder");
  }

  @Test
  void find_testBesideClasses_isNotAClass() throws IOException {
    write("cat/1.png", "dog/1.png", "test/3.png");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageStartingWith(
            directory + " holds pictures in test/, but no folder for --split train");
  }

  @Test
  void find_whatLiesBesideSplits_isIgnoredAndReported() throws IOException {
    write("train/cat/1.png", "val/cat/1.png", "extra/1.png", "cover.png");

    assertThat(Index.of(find(directory, Split.TRAIN, InputLayout.AUTO, "all")).ignored)
        .containsExactly("extra/", "cover.png");
  }

  @Test
  void find_listBesideFoldersOfTheSplit_asksForAChoice() throws IOException {
    write("train/cat/1.png", "train/dog/1.png", "val/cat/2.png");
    Files.writeString(directory.resolve("train.csv"), "path,class\ntrain/cat/1.png,cat\n");

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessageContaining(
            "as csv, because of train.csv; as folders, because of train. Choose one with --layout");
    assertThat(Index.of(find(directory, Split.TRAIN, InputLayout.CSV, "all")).ids())
        .containsExactly("train/cat/1.png");
    assertThat(Index.of(find(directory, Split.TRAIN, InputLayout.FOLDERS, "all")).ids())
        .containsExactly("cat/1.png", "dog/1.png");
    assertThat(ids(Split.VALIDATION)).containsExactly("cat/2.png");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Train.csv", "training.tsv", "TRAIN.CSV"})
  void find_listOfAnyUsualName_isOneOfTheReadings(String name) throws IOException {
    write("cat/1.png", "dog/1.png");
    String tab = name.endsWith("tsv") ? "\t" : ",";
    Files.writeString(directory.resolve(name), "path" + tab + "class\ncat/1.png" + tab + "cat\n");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageContaining("as csv, because of " + name + "; as folders, because of cat");
    assertThat(Index.of(find(directory, Split.TRAIN, InputLayout.CSV, "all")).ids())
        .containsExactly("cat/1.png");
  }

  @Test
  void find_listOfLoosePictures_isTheOnlyReading() throws IOException {
    write("train/1.png", "train/2.png");
    Files.writeString(directory.resolve("train.csv"), "path,class\ntrain/1.png,cat\n");

    assertThat(ids(Split.TRAIN)).containsExactly("train/1.png");
  }

  @Test
  void find_listOfOtherThings_leavesTheFoldersToBeRead() throws IOException {
    Archives.writeFolders(directory, Map.of("train/n01440764", Map.of("1.JPEG", PICTURE)));
    Archives.writeFolders(directory, Map.of("val/n01440764", Map.of("2.JPEG", PICTURE)));
    Files.writeString(directory.resolve("noisy_imagenette.csv"), "path,noisy_labels_0\n");

    assertThat(ids(Split.TRAIN)).containsExactly("n01440764/1.JPEG");
    assertThat(ids(Split.VALIDATION)).containsExactly("n01440764/2.JPEG");
  }
}
