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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KaggleLayoutTest extends SourceTest {
  private static final String PICTURES = "ILSVRC/Data/CLS-LOC/";
  private static final String SOLUTION =
      """
      ImageId,PredictionString
      ILSVRC2012_val_00000001,n02119789 1 2 30 40 n02119789 5 6 70 80\s
      ILSVRC2012_val_00000002,n01440764 111 108 230 366\s
      ILSVRC2012_val_00000003,n03255030 1 2 3 4
      """;
  private static final String MAPPING =
      """
      n01440764 tench, Tinca tinca
      n02119789 kit fox, Vulpes macrotis
      n03255030 dumbbell
      """;

  private void writePictures() throws IOException {
    for (String wnid : Archives.WNIDS) {
      write(PICTURES + "train/" + wnid + "/" + wnid + "_10.JPEG");
    }
    for (int number = 1; number <= 3; number++) {
      write(PICTURES + "val/" + Archives.validationName(number));
      write(PICTURES + "test/ILSVRC2012_test_%08d.JPEG".formatted(number));
    }
    writeText("ILSVRC/Annotations/CLS-LOC/val/ILSVRC2012_val_00000001.xml", "<annotation/>");
    writeText("ILSVRC/ImageSets/CLS-LOC/val.txt", "ILSVRC2012_val_00000001 1\n");
  }

  private void writeAll() throws IOException {
    writePictures();
    writeText("LOC_val_solution.csv", SOLUTION);
    writeText("LOC_train_solution.csv", "ImageId,PredictionString\n");
    writeText("LOC_sample_submission.csv", "ImageId,PredictionString\n");
    writeText("LOC_synset_mapping.txt", MAPPING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ILSVRC", "ILSVRC/Data", "ILSVRC/Data/CLS-LOC"})
  void find_anyFolderOnTheWay_readsEachSplit(String folder) throws IOException {
    writeAll();
    Path input = directory.resolve(folder);

    PictureSource train = find(input, Split.TRAIN);
    PictureSource validation = find(input, Split.VALIDATION);
    PictureSource test = find(input, Split.TEST);

    assertThat(labelled(train))
        .containsExactly(
            "n01440764_10.JPEG = n01440764 0",
            "n02119789_10.JPEG = n02119789 1",
            "n03255030_10.JPEG = n03255030 2");
    assertThat(labelled(validation))
        .containsExactly(
            "ILSVRC2012_val_00000001.JPEG = n02119789 1",
            "ILSVRC2012_val_00000002.JPEG = n01440764 0",
            "ILSVRC2012_val_00000003.JPEG = n03255030 2");
    assertThat(labelled(test)).hasSize(3).allMatch(picture -> picture.endsWith(" =  -1"));
    assertThat(test.labelled()).isFalse();
    assertThat(train.labels().classOf(0))
        .isEqualTo(new ClassLabel("n01440764", "tench, Tinca tinca"));
    assertThat(List.of(validation.labels(), test.labels())).containsOnly(train.labels());
    assertThat(validation.description()).endsWith("/val, their classes in LOC_val_solution.csv");
    assertThat(Index.of(validation).rejections).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "val", "test"})
  void find_theFolderOfASplit_findsTheFilesAboveIt(String folder) throws IOException {
    writeAll();
    Split split = Split.of(folder).orElseThrow();

    assertThat(labelled(find(directory.resolve(PICTURES + folder), split)))
        .isEqualTo(labelled(find(directory, split)));
    assertThat(find(directory.resolve(PICTURES + folder), split).labels())
        .isEqualTo(find(directory, split).labels());
  }

  @Test
  void find_mappingOfAThousandClasses_givesThePublishedLabels() throws IOException {
    write(PICTURES + "train/n01440764/n01440764_10.JPEG");
    write(PICTURES + "train/n15075141/n15075141_7.JPEG");
    List<String> shuffled = new ArrayList<>(Synsets.ALL);
    Collections.shuffle(shuffled, new Random(7));
    writeText(
        "LOC_synset_mapping.txt",
        shuffled.stream().map(wnid -> wnid + " name\n").collect(Collectors.joining()));

    PictureSource source = find(directory, Split.TRAIN);

    assertThat(source.labels().size()).isEqualTo(1000);
    assertThat(labelled(source))
        .containsExactly("n01440764_10.JPEG = n01440764 0", "n15075141_7.JPEG = n15075141 999");
  }

  @Test
  void find_mappingThatWasCutShort_givesAllSplitsTheSameLabelsAndSaysSo() throws IOException {
    writeAll();
    writeText("LOC_synset_mapping.txt", "n02119789 kit fox, Vulpes macrotis\n");

    PictureSource train = find(directory, Split.TRAIN);

    assertThat(train.labels().classes())
        .containsExactly(
            new ClassLabel("n01440764", "n01440764"),
            new ClassLabel("n02119789", "kit fox, Vulpes macrotis"),
            new ClassLabel("n03255030", "n03255030"));
    assertThat(train.notices())
        .containsExactly(
            directory
                + "/LOC_synset_mapping.txt has only 1 of 3 classes; the others have their wnids as"
                + " names");
    Files.delete(directory.resolve(PICTURES + "train/n01440764/n01440764_10.JPEG"));
    assertThat(find(directory, Split.VALIDATION).labels()).isEqualTo(train.labels());
  }

  @Test
  void find_devkitInsteadOfKagglesFiles_givesTheSameLabels() throws IOException {
    writeAll();
    List<String> withFiles = labelled(find(directory, Split.VALIDATION));
    Files.delete(directory.resolve("LOC_val_solution.csv"));
    Files.delete(directory.resolve("LOC_synset_mapping.txt"));
    Failure without = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");
    Archives.writeDevkit(directory, List.of(1, 0, 2));

    PictureSource validation = find(directory, Split.VALIDATION);

    assertThat(labelled(validation)).isEqualTo(withFiles);
    assertThat(validation.description()).endsWith("in the devkit ILSVRC2012_devkit_t12.tar.gz");
    assertThat(without.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(without)
        .hasMessage(
            directory
                + "/ILSVRC/Data/CLS-LOC/val holds numbered pictures of the validation set, whose"
                + " classes are in the devkit. Give it with --devkit, or put Kaggle's"
                + " LOC_val_solution.csv beside the folder");
  }

  @Test
  void find_validationPicturesMovedIntoClassFolders_readsThese() throws IOException {
    writeAll();
    Files.createDirectories(directory.resolve(PICTURES + "val/n02119789"));
    for (int number = 1; number <= 3; number++) {
      Files.move(
          directory.resolve(PICTURES + "val/" + Archives.validationName(number)),
          directory.resolve(PICTURES + "val/n02119789/" + Archives.validationName(number)));
    }

    assertThat(labelled(find(directory, Split.VALIDATION)))
        .hasSize(3)
        .allMatch(picture -> picture.endsWith(" = n02119789 1"));
  }

  @Test
  void find_pictureThatTheSolutionLacks_isRejected() throws IOException {
    writeAll();
    write(PICTURES + "val/" + Archives.validationName(4));
    Files.delete(directory.resolve(PICTURES + "val/" + Archives.validationName(1)));

    assertThat(Index.of(find(directory, Split.VALIDATION)).reasons())
        .containsExactly(
            "ILSVRC2012_val_00000004.JPEG UNKNOWN_CLASS",
            "ILSVRC2012_val_00000001.JPEG MISSING_FILE");
  }

  @Test
  void find_solutionWithTwoClassesForAPicture_isRefused() throws IOException {
    writeAll();
    writeText(
        "LOC_val_solution.csv",
        "ImageId,PredictionString\nILSVRC2012_val_00000001,n02119789 1 2 3 4 n01440764 1 2 3 4\n");

    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessage(
            directory
                + "/LOC_val_solution.csv, line 2: the picture has more than one class: n01440764,"
                + " n02119789");
  }
}
