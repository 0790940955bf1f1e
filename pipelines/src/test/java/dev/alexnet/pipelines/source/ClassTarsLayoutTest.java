package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassTarsLayoutTest extends SourceTest {
  private void writeTars(Path folder, List<String> wnids) throws IOException {
    Files.createDirectories(folder);
    for (String wnid : wnids) {
      new TarBuilder().add(wnid + "_7.JPEG", PICTURE).write(folder.resolve(wnid + ".tar"));
    }
  }

  @Test
  void find_aTarForEachClass_givesTheirPictures() throws IOException {
    writeTars(directory, Archives.WNIDS);
    write("sheet.jpg");
    writeText("README", "winter release");

    PictureSource source = find(directory, Split.TRAIN);

    assertThat(source.description()).isEqualTo("3 class tars of " + directory.getFileName());
    assertThat(labelled(source))
        .containsExactly(
            "n01440764_7.JPEG = n01440764 0",
            "n02119789_7.JPEG = n02119789 1",
            "n03255030_7.JPEG = n03255030 2");
    Index index = Index.of(source);
    assertThat(index.ignored).containsExactly("README");
    assertThat(index.reasons()).containsExactly("sheet.jpg UNEXPECTED_NAME");
  }

  @Test
  void find_unpackedTrainingArchive_isTheTrainingSet() throws IOException {
    writeTars(directory.resolve("ILSVRC2012_img_train"), Archives.WNIDS);
    write("ILSVRC2012_img_val/" + Archives.validationName(1));
    Archives.writeDevkit(directory, List.of(2));

    assertThat(labelled(find(directory, Split.TRAIN))).hasSize(3);
    assertThat(labelled(find(directory, Split.VALIDATION)))
        .containsExactly("ILSVRC2012_val_00000001.JPEG = n03255030 2");
  }

  @Test
  void find_aThousandClasses_givesThePublishedLabels() throws IOException {
    writeTars(directory, Synsets.ALL);

    List<String> labelled = labelled(find(directory, Split.TRAIN));

    assertThat(labelled.get(0)).isEqualTo("n01440764_7.JPEG = n01440764 0");
    assertThat(labelled.get(999)).isEqualTo("n15075141_7.JPEG = n15075141 999");
  }

  @Test
  void find_classFoldersBesideClassTars_asksWhichToRead() throws IOException {
    writeTars(directory, List.of("n01440764"));
    write("n02119789/n02119789_1.JPEG");

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            directory
                + " can be read in more than one way: as class-tars, because of n01440764.tar; as"
                + " folders, because of n02119789. Choose one with --layout.");
  }

  @Test
  void find_pictureOfAnotherClassInATar_isRejected() throws IOException {
    new TarBuilder()
        .add("n01440764_1.JPEG", PICTURE)
        .add("n02119789_1.JPEG", PICTURE)
        .write(directory.resolve("n01440764.tar"));

    Index index = Index.of(find(directory, Split.TRAIN));

    assertThat(index.ids()).containsExactly("n01440764_1.JPEG");
    assertThat(index.rejections.get(0).message())
        .isEqualTo("it is among the pictures of n01440764, but its name says n02119789");
  }

  @Test
  void find_emptyTar_saysOfWhichClass() throws IOException {
    Files.write(directory.resolve("n01440764.tar"), new byte[0]);

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessage(
            directory
                + "/n01440764.tar is not a complete tar archive: that of the class n01440764 is"
                + " empty. Compare its size and MD5 with the published ones and fetch it again.");
  }
}
