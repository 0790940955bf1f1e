package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLayoutTest extends CsvSourceTest {
  @Test
  void find_pathsAndNamesWithoutHeading_areReadRelativeToTheList() throws IOException {
    PictureSource source = find("images/1.png,dog\n./images//2.png , cat\n\n");

    assertThat(source.labels().classes())
        .containsExactly(new ClassLabel("cat", "cat"), new ClassLabel("dog", "dog"));
    assertThat(source.description())
        .isEqualTo(
            "list train.csv of 2 pictures, paths in column 1, names of classes in column 2,"
                + " without a heading");
    assertThat(Index.of(source).pictures)
        .containsExactly(
            new PictureReference(
                Location.of(directory.resolve("images/1.png")), 0, 4, "images/1.png", "dog"),
            new PictureReference(
                Location.of(directory.resolve("images/2.png")), 0, 4, "images/2.png", "cat"));
  }

  @Test
  void find_fileTwice_isRejectedWithBothLines() throws IOException {
    String name = directory.getFileName().toString();

    Index index =
        Index.of(
            find(
                "path,class\nimages/1.png,cat\n\nimages/2.png,dog\n../%s/images/1.png,cat\n"
                    .formatted(name)));

    assertThat(index.ids()).containsExactly("images/1.png", "images/2.png");
    assertThat(index.rejections)
        .extracting(Rejection::image, Rejection::reason, Rejection::message)
        .containsExactly(tuple("images/1.png", "DUPLICATE", "line 5 names it, as line 2 does"));
  }

  @Test
  void find_filesWhoseNamesAreNotUtf8_areFoundByTheirBytes() throws IOException {
    for (String name : List.of("caf%E9.png", "caf%E8.png")) {
      Files.writeString(Path.of(URI.create(directory.resolve("images").toUri() + name)), "a");
    }

    assertPictures(
        find("images/caf\\xe9.png,cat\nimages/caf\\xe8.png,dog\n"),
        "images/caf\\xe9.png = cat",
        "images/caf\\xe8.png = dog");
  }

  @Test
  void find_fileOutsideTheList_keepsItsPathAsId() throws IOException {
    Path list = Files.createDirectory(directory.resolve("lists")).resolve("train.csv");
    Files.writeString(
        list, "path,class\n../images/1.png,cat\n" + directory + "/images/2.png,dog\n");

    assertPictures(
        find(list, Split.TRAIN, InputLayout.AUTO, "all"),
        "../images/1.png = cat",
        directory + "/images/2.png = dog");
  }

  @Test
  void find_headingQuotesAndWindowsLineEnds_areUnderstood() throws IOException {
    PictureSource source =
        find(
            String.join(
                "\r\n",
                "\uFEFFwidth,Class,path",
                "20,dog,images/1.png",
                "20,\"cat, the\",\"images/3, the \"\"last\"\".png\"",
                ""));

    assertPictures(source, "images/1.png = dog", "images/3, the \"last\".png = cat, the");
    assertThat(source.description())
        .isEqualTo(
            "list train.csv of 2 pictures, paths in column 3, names of classes in column 2, with a"
                + " heading");
  }

  @Test
  void find_tabs_areSeenByTheNameOrTheFirstLine() throws IOException {
    String text = "images/1.png\tdog, big\nimages/2.png\tcat\n";

    PictureSource named = find(write("val.tsv", text), Split.VALIDATION, InputLayout.AUTO, "all");
    PictureSource unnamed = find(write("list.txt", text), Split.TRAIN, InputLayout.CSV, "all");

    assertPictures(named, "images/1.png = dog, big", "images/2.png = cat");
    assertPictures(unnamed, "images/1.png = dog, big", "images/2.png = cat");
  }

  @Test
  void find_listInADirectory_isTakenByTheSplitsName() throws IOException {
    write("train.csv", "images/1.png,dog\n");
    write("val.csv", "images/2.png,cat\n");

    assertPictures(find(directory, Split.TRAIN, InputLayout.AUTO, "all"), "images/1.png = dog");
    assertPictures(
        find(directory, Split.VALIDATION, InputLayout.AUTO, "all"), "images/2.png = cat");
    assertThat(
            catchThrowableOfType(
                Failure.class,
                () -> find(directory.resolve("images"), Split.TRAIN, InputLayout.CSV, "all")))
        .hasMessage(
            "There is no train.csv or train.tsv in "
                + directory.resolve("images")
                + "; give the list itself as --input");
  }

  @Test
  void find_listBesideClassFolders_asksForAChoice() throws IOException {
    write("train.csv", "images/1.png,dog\n");
    Files.createDirectories(directory.resolve("n01440764"));

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> find(directory, Split.TRAIN, InputLayout.AUTO, "all"));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessageContaining(
            "as csv, because of train.csv; as folders, because of n01440764. Choose one with --layout");
  }

  @Test
  void find_wnidsWithADevkit_haveItsNamesAndOthersAreSaid() throws IOException {
    Archives.writeDevkit(directory, List.of());

    PictureSource source = find("images/1.png,n02119789\nimages/2.png,n99999999\n");

    assertThat(source.labels().size()).isEqualTo(3);
    assertThat(source.labels().classOf(1).name()).isEqualTo("kit fox");
    assertPictures(source, "images/1.png = n02119789", "images/2.png = n99999999");
    assertThat(source.notices())
        .containsExactly(
            "Pictures of classes that are not in the devkit will be rejected. Classes (1): n99999999");
  }

  @Test
  void find_numbers_areWhatTheFileOfClassesSays() throws IOException {
    Path lines = write("labels.txt", "wolf\tthe wolf\ncat\ndog\n");
    Path numbers = write("numbers.txt", "label\twnid\tname\n1\tdog\n2\tcat\tthe cat\n");
    Path fromZero = write("zero.csv", "path,label\nimages/1.png,2\nimages/2.png,0\n");
    Path fromOne = write("one.csv", "path,label\nimages/1.png,1\nimages/2.png,2\n");

    PictureSource source = find(fromZero, Split.TRAIN, InputLayout.AUTO, lines.toString());

    assertPictures(source, "images/1.png = dog", "images/2.png = wolf");
    assertThat(source.labels().classes())
        .containsExactly(
            new ClassLabel("cat", "cat"),
            new ClassLabel("dog", "dog"),
            new ClassLabel("wolf", "the wolf"));
    assertPictures(
        find(fromOne, Split.TRAIN, InputLayout.AUTO, numbers.toString()),
        "images/1.png = dog",
        "images/2.png = cat");
    Failure shifted =
        catchThrowableOfType(
            Failure.class, () -> find(fromOne, Split.TRAIN, InputLayout.AUTO, lines.toString()));
    assertThat(shifted.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(shifted)
        .hasMessageStartingWith(
            "The lowest class number in "
                + fromOne
                + " is 1, but the lines of "
                + lines
                + " count from 0, so the list may count from 1.");
  }

  @Test
  void find_numbersThatAFileWithoutHeadingContradicts_areRefused() throws IOException {
    Path classes = write("classes.txt", "1\tcat\n0\tdog\n");
    Path list = write("train.csv", "path,label\nimages/1.png,0\nimages/2.png,1\n");

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, classes.toString()));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            classes
                + ", line 1: it has a number that differs from its place counted from 0, so a"
                + " number in "
                + list
                + " may mean either of two classes. Add a heading (label, wnid and name, separated"
                + " by tabs) as the first line of "
                + classes
                + ", and under 'label' write the numbers that the list uses");
  }

  @Test
  void find_numbersThatAColumnOfAnotherWordContradicts_areRefused() throws IOException {
    Path classes = write("classes.csv", "ordinal,wnid\n1,cat\n0,dog\n");
    Path list = write("train.csv", "path,label\nimages/1.png,0\nimages/2.png,1\n");

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, classes.toString()));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageStartingWith(classes + ", line 2: it has a number that differs");
  }

  @Test
  void find_pathsOnly_makeATestSetOfUnknownClasses() throws IOException {
    Path list = write("test.csv", "path\nimages/1.png\nimages/2.png\n");
    Path labels = write("labels.txt", "cat\ndog\n");

    PictureSource source = find(list, Split.TEST, InputLayout.AUTO, labels.toString());

    assertPictures(source, "images/1.png = ", "images/2.png = ");
    assertThat(source.labelled()).isFalse();
    assertThat(source.labels().size()).isEqualTo(2);
    assertThat(
            catchThrowableOfType(
                Failure.class, () -> find(list, Split.TEST, InputLayout.AUTO, "all")))
        .hasMessageContaining("give the classes with --devkit, or with --classes");
  }

  @Test
  void index_missingFilesAndDirectories_areRejectedWithTheirLines() throws IOException {
    Index index = Index.of(find("images/1.png,dog\nimages/9.png,dog\nimages,cat\n"));

    assertThat(index.ids()).containsExactly("images/1.png");
    assertThat(index.rejections)
        .extracting(r -> tuple(r.image(), r.source(), r.reason(), r.message()))
        .containsExactly(
            tuple(
                "images/9.png",
                directory.resolve("train.csv").toString(),
                "MISSING_FILE",
                "line 2 names it, but there is no file " + directory.resolve("images/9.png")),
            tuple(
                "images",
                directory.resolve("train.csv").toString(),
                "MISSING_FILE",
                "line 3 names it, but there is no file " + directory.resolve("images")));
  }

  @Test
  void fingerprint_listThatWasMovedWithItsPictures_staysAndOtherClassesDiffer() throws IOException {
    String before = find("images/1.png,dog\n").fingerprint(ObjectStores.standard());
    Path moved = Files.createDirectories(directory.resolve("moved/images"));
    Files.copy(directory.resolve("images/1.png"), moved.resolve("1.png"));
    Path list =
        Files.writeString(directory.resolve("moved/list.csv"), "path,class\nimages/1.png,dog\n");

    assertThat(
            find(list, Split.TRAIN, InputLayout.AUTO, "all").fingerprint(ObjectStores.standard()))
        .isEqualTo(before);
    assertThat(find("images/1.png,cat\n").fingerprint(ObjectStores.standard()))
        .isNotEqualTo(before);
  }

  @Test
  void find_longList_isCutIntoPartsThatHoldEveryRowOnce() throws IOException {
    StringBuilder text = new StringBuilder("path,class\n");
    for (int i = 0; i < 25_000; i++) {
      text.append("images/").append(i).append(".jpg,").append("c").append(i % 7).append('\n');
    }
    PictureSource source = find(text.toString());

    assertThat(source.parts()).hasSize(3);
    assertThat(Index.of(source).rejections)
        .hasSize(25_000)
        .extracting(r -> r.image())
        .doesNotHaveDuplicates();
  }
}
