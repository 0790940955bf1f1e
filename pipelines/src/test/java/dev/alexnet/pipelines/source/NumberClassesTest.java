package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Classes that are numbers: in folders, in lists, and in files of classes. */
class NumberClassesTest extends SourceTest {
  private void folders(String... names) throws IOException {
    for (String name : names) {
      Files.write(Files.createDirectories(directory.resolve(name)).resolve("1.png"), PICTURE);
    }
  }

  private static List<String> wnids(PictureSource source) {
    return source.labels().classes().stream().map(ClassLabel::wnid).toList();
  }

  @Test
  void find_foldersThatAreAllNumbers_areInTheirOrderAndSaySo() throws IOException {
    folders("0", "1", "2", "9", "10", "11", "100");

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(wnids(source)).containsExactly("0", "1", "2", "9", "10", "11", "100");
    assertThat(source.labels().order()).isEqualTo(LabelOrder.NUMBER);
    assertThat(source.notices())
        .containsExactly(
            "All classes are numbers, so labels are in the order of the numbers: 0, 1, 2, 9, 10 and"
                + " 2 more. --class-order text orders them letter by letter: 0, 1, 10, 100, 11 and 2"
                + " more");
  }

  @Test
  void find_textOrderAsked_isLetterByLetter() throws IOException {
    folders("0", "2", "10");

    PictureSource source =
        PictureSource.find(
            ObjectStores.standard(),
            new SourceSettings(
                Location.of(directory),
                Split.TRAIN,
                InputLayout.AUTO,
                null,
                "all",
                ClassOrder.TEXT));

    assertThat(wnids(source)).containsExactly("0", "10", "2");
    assertThat(source.notices()).isEmpty();
  }

  @Test
  void find_numbersWithFractionsAndZeros_areInTheOrderOfTheirValues() throws IOException {
    folders("10.5", "2.0", "007", "-1");

    assertThat(wnids(find(directory, Split.TRAIN, InputLayout.AUTO, "all")))
        .containsExactly("-1", "2.0", "007", "10.5");
  }

  @Test
  void find_foldersOfWhichOneIsNotANumber_areLetterByLetter() throws IOException {
    folders("2", "10", "other");

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(wnids(source)).containsExactly("10", "2", "other");
    assertThat(source.notices()).isEmpty();
  }

  @Test
  void find_listOfNumbersThatAreNames_isInTheirOrder() throws IOException {
    folders("images");
    Path list = directory.resolve("list.csv");
    Files.writeString(list, "path,class\nimages/1.png,10.0\nimages/2.png,2.0\nimages/3.png,10\n");

    PictureSource source = find(list, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(wnids(source)).containsExactly("2", "10");
    assertThat(Index.of(source).pictures)
        .extracting(picture -> picture.id() + " = " + picture.wnid())
        .containsExactly("images/1.png = 10");
  }

  @Test
  void find_listOfVersions_keepsTheirNames() throws IOException {
    folders("images");
    Path list = directory.resolve("list.csv");
    Files.writeString(list, "path,class\nimages/1.png,2.0\nimages/2.png,2.5\n");

    assertThat(wnids(find(list, Split.TRAIN, InputLayout.AUTO, "all")))
        .containsExactly("2.0", "2.5");
  }

  @Test
  void find_labelsWithFractions_areTheIntegersThatTheFileOfClassesHas() throws IOException {
    folders("images");
    Path list = directory.resolve("list.csv");
    Files.writeString(list, "path,label\nimages/1.png,10.0\nimages/2.png,2.0\nimages/3.png,0.0\n");
    StringBuilder classes = new StringBuilder();
    for (int label = 0; label <= 10; label++) {
      classes.append("class").append((char) ('a' + label)).append('\n');
    }
    Path file = Files.writeString(directory.resolve("classes.txt"), classes);

    Index index = Index.of(find(list, Split.TRAIN, InputLayout.AUTO, file.toString()));

    assertThat(index.pictures).extracting(PictureReference::wnid).containsExactly("classk");
    assertThat(index.reasons())
        .containsExactly("images/2.png MISSING_FILE", "images/3.png MISSING_FILE");
  }

  @Test
  void find_fileOfClassesThatAreNumbers_isInTheirOrder() throws IOException {
    folders("2", "10", "30");
    Path file = Files.writeString(directory.resolve("classes.txt"), "10\n2\n");

    assertThat(wnids(find(directory, Split.TRAIN, InputLayout.FOLDERS, file.toString())))
        .containsExactly("2", "10");
  }

  @Test
  void find_foldersOfOneNumber_areRefusedWithBoth() throws IOException {
    folders("0", "1", "01");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessage(
            "The classes '01' and '1' of "
                + directory
                + " are the same number. Rename one if they are two classes, or put their pictures"
                + " together");
  }

  @Test
  void find_foldersThatLookTheSame_areRefusedWithBothSpellings() throws IOException {
    folders("caf\u00e9", "cafe\u0301", "tea");

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessageContaining("The classes 'cafe\\u0301' and 'caf\\u00e9' of " + directory);
  }
}
