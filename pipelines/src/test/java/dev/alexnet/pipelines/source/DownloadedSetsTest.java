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
import org.junit.jupiter.api.Test;

/**
 * Imagenette, Tiny ImageNet, ImageNet-V2 and subsets such as ImageNet-A, as they are downloaded.
 */
class DownloadedSetsTest extends SourceTest {
  @Test
  void find_imagenette_readsBothSplits() throws IOException {
    write("train/n01440764/n01440764_10026.JPEG", "train/n02979186/n02979186_9036.JPEG");
    write("val/n01440764/ILSVRC2012_val_00009111.JPEG", "val/n02979186/n02979186_8971.JPEG");
    writeText(
        "noisy_imagenette.csv",
        "path,noisy_labels_0,noisy_labels_1\ntrain/n01440764/n01440764_10026.JPEG,n01440764,x\n");

    assertThat(labelled(find(directory, Split.TRAIN)))
        .containsExactly("n01440764_10026.JPEG = n01440764 0", "n02979186_9036.JPEG = n02979186 1");
    assertThat(labelled(find(directory, Split.VALIDATION)))
        .containsExactly(
            "n01440764/ILSVRC2012_val_00009111.JPEG = n01440764 0",
            "n02979186_8971.JPEG = n02979186 1");
    assertThat(Index.of(find(directory, Split.TRAIN)).ignored)
        .containsExactly("noisy_imagenette.csv");
  }

  @Test
  void find_folderThatWrapsTheSet_isNamedInTheAdvice() throws IOException {
    write("imagenette2/train/n01440764/1.JPEG", "imagenette2/val/n01440764/2.JPEG");
    writeText("imagenette2/noisy_imagenette.csv", "path,noisy_labels_0\n");

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            "There are no pictures in the folders of %1$s, but %1$s/imagenette2 holds train/, val/, noisy_imagenette.csv. Give --input %1$s/imagenette2"
                .formatted(directory));
  }

  @Test
  void find_wrappersInWrappers_areLookedThrough() throws IOException {
    write("a/b/tiny-imagenet-200/train/n01440764/images/n01440764_0.JPEG");
    write("a/b/tiny-imagenet-200/test/images/test_0.JPEG");

    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessageEndingWith("Give --input " + directory + "/a/b/tiny-imagenet-200");
  }

  @Test
  void find_severalWrappers_areAllNamed() throws IOException {
    write("imagenette2/train/cat/1.JPEG", "imagewoof2/train/cat/1.JPEG");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageEndingWith(
            "Give the one that you mean as --input: %1$s/imagenette2, %1$s/imagewoof2"
                .formatted(directory));
  }

  @Test
  void find_downloadsThatAreStillPacked_saysHowToUnpackThem() throws IOException {
    writeText("tiny-imagenet-200.zip", "PK");
    Path archive = directory.resolve("tiny-imagenet-200.zip");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessage(
            "No pictures were found at %s: it holds tiny-imagenet-200.zip. Unpack it with 'unzip %s', and give the folder that it unpacks to as --input"
                .formatted(directory, archive));
    assertThat(failure(archive, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageContaining("Unpack it with 'unzip " + archive + "'");
    writeText("other/data-00000-of-00294.arrow", "ARROW1");
    assertThat(failure(directory.resolve("other"), Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageContaining(
            "/other/data-00000-of-00294.arrow is a table with pictures in its rows, which is not"
                + " read");
  }

  @Test
  void find_tinyImageNet_readsItsSplitsWithTheLabelsOfTheTrainingSet() throws IOException {
    List<String> wnids = List.of("n02124075", "n04067472", "n01443537");
    for (int k = 0; k < 3; k++) {
      String wnid = wnids.get(k);
      write(
          "train/%s/images/%s_0.JPEG".formatted(wnid, wnid), "val/images/val_%d.JPEG".formatted(k));
      writeText("train/%s/%s_boxes.txt".formatted(wnid, wnid), wnid + "_0.JPEG\t0\t0\t62\t62\n");
    }
    write("test/images/test_0.JPEG");
    writeText(
        "val/val_annotations.txt",
        """
        val_0.JPEG\tn04067472\t0\t32\t44\t62
        val_1.JPEG\tn01443537\t1\t2\t3\t4
        val_2.JPEG\tn02124075\t1\t2\t3\t4
        """);
    writeText("wnids.txt", String.join("\n", wnids) + "\n");
    writeText("words.txt", "n00001740\tentity\n");

    assertThat(labelled(find(directory, Split.TRAIN)))
        .containsExactly(
            "n01443537_0.JPEG = n01443537 0",
            "n02124075_0.JPEG = n02124075 1",
            "n04067472_0.JPEG = n04067472 2");
    assertThat(labelled(find(directory, Split.VALIDATION)))
        .containsExactly(
            "val_0.JPEG = n04067472 2", "val_1.JPEG = n01443537 0", "val_2.JPEG = n02124075 1");
    assertThat(labelled(find(directory, Split.TEST))).containsExactly("test_0.JPEG =  -1");
  }

  @Test
  void find_imageNetV2WithADevkit_takesTheNumbersForPublishedLabels() throws IOException {
    write("0/a.jpeg", "1/b.jpeg", "2/c.jpeg");
    Archives.writeDevkit(directory, List.of());

    PictureSource source = find(directory, Split.VALIDATION);

    assertThat(labelled(source))
        .containsExactly(
            "0/a.jpeg = n01440764 0", "1/b.jpeg = n02119789 1", "2/c.jpeg = n03255030 2");
    assertThat(source.labels().classOf(0)).isEqualTo(new ClassLabel("n01440764", "tench"));
  }

  @Test
  void find_imageNetV2WithAListOfAThousandClasses_givesThePublishedLabels() throws IOException {
    Path set = Files.createDirectory(directory.resolve("imagenetv2-matched-frequency-format-val"));
    for (int label : List.of(0, 2, 10, 999)) {
      write(set.getFileName() + "/" + label + "/8f2e.jpeg");
    }
    writeText("labels.txt", String.join("\n", Synsets.ALL) + "\n");

    PictureSource source =
        find(set, Split.VALIDATION, InputLayout.AUTO, directory.resolve("labels.txt").toString());

    assertThat(labelled(source))
        .containsExactly(
            "0/8f2e.jpeg = n01440764 0",
            "10/8f2e.jpeg = " + Synsets.ALL.get(10) + " 10",
            "2/8f2e.jpeg = " + Synsets.ALL.get(2) + " 2",
            "999/8f2e.jpeg = n15075141 999");
  }

  @Test
  void find_numberedFoldersThatBeginWithOne_areRefusedWithBothReadings() throws IOException {
    write("1/a.jpeg", "2/b.jpeg");
    Archives.writeDevkit(directory, List.of());

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining("from 0 or from 1");
    write("0/a.jpeg", "1000/b.jpeg");
    assertThat(failure(directory, Split.VALIDATION, InputLayout.AUTO, "all"))
        .hasMessageContaining("has the class number 1000, but the classes of ");
  }

  @Test
  void find_subsetOfTheClasses_keepsTheLabelsOfTheList() throws IOException {
    Path set = Files.createDirectory(directory.resolve("imagenet-a"));
    write("imagenet-a/n15075141/0.003_toilet tissue_0.9.jpg");
    write("imagenet-a/" + Synsets.ALL.get(5) + "/0.1_cock_0.2.jpg");
    writeText("imagenet-a/README.txt", "ImageNet-A");
    writeText("labels.txt", String.join("\n", Synsets.ALL) + "\n");

    PictureSource all =
        find(set, Split.TEST, InputLayout.AUTO, directory.resolve("labels.txt").toString());
    PictureSource alone = find(set, Split.TEST);

    assertThat(all.labels().size()).isEqualTo(1000);
    assertThat(labelled(all))
        .containsExactly(
            Synsets.ALL.get(5) + "/0.1_cock_0.2.jpg = " + Synsets.ALL.get(5) + " 5",
            "n15075141/0.003_toilet tissue_0.9.jpg = n15075141 999");
    assertThat(alone.labels().size()).isEqualTo(2);
  }

  @Test
  void find_validationFoldersOfOtherClassesThanTheTrainingSet_saysSo() throws IOException {
    write("train/cat/1.jpg", "train/dog/1.jpg", "val/cat/2.jpg", "val/wolf/2.jpg");

    assertThat(find(directory, Split.VALIDATION).notices())
        .containsExactly(
            "Warning: the classes of %s/val are not those of the training set beside it, so their labels differ: only in the training set: dog; only here: wolf. To give both the same labels, give the labels.txt of the training set's dataset with --classes"
                .formatted(directory));
    assertThat(find(directory, Split.TRAIN).notices()).isEmpty();
  }

  @Test
  void find_pictureOfAnotherClassInAFolder_isRejectedWithBothReadings() throws IOException {
    write("n01440764/n01440764_1.JPEG", "n01440764/n02119789_2.JPEG", "n01440764/3.JPEG");

    Index index = Index.of(find(directory, Split.TRAIN));

    assertThat(index.ids()).containsExactly("n01440764/3.JPEG", "n01440764_1.JPEG");
    assertThat(index.reasons()).containsExactly("n02119789_2.JPEG UNKNOWN_CLASS");
    assertThat(index.rejections.get(0).message())
        .isEqualTo("it is among the pictures of n01440764, but its name says n02119789");
  }
}
