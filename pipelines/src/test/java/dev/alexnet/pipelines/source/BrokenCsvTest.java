package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, and files of classes, that are wrong: refused by line and column. */
class BrokenCsvTest extends CsvSourceTest {
  @Test
  void find_fileUnderTwoSpellings_isOneOfTheListsOnlyClass() throws IOException {
    String name = directory.getFileName().toString();

    for (String spelling :
        List.of("../" + name + "/images/1.png", directory + "/images/./1.png", "images//1.png")) {
      assertThat(failureOf("path,class\nimages/1.png,cat\n" + spelling + ",dog\n"))
          .hasMessageContaining(
              "line 3, column 2: images/1.png has the class 'dog' here, but 'cat' in line 2");
    }
  }

  @Test
  void find_numbersWithoutAFileOfClasses_areRefusedButNamesOfDigitsAreNot() throws IOException {
    Failure failure = failureOf("path,label\nimages/1.png,7\n");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageContaining(
            "train.csv, line 2, column 2: it is unknown which class the number 7 means. Give a file"
                + " that defines it with --classes");
    assertPictures(find("path,class\nimages/1.png,7\n"), "images/1.png = 7");
  }

  @Test
  void find_wrongRows_areAllNamedWithLineAndColumn() throws IOException {
    Path labels = write("labels.txt", "cat\ndog\n");
    Path list =
        write(
            "train.csv",
            """
            path,label
            images/1.png,0
            images/1.png,1
            ,0
            images/2.png,

            images/2.png,2
            images/2.png
            images/2.png,cat
            http://x/1.png,0
            """);

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, labels.toString()));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            list
                + " has errors; nothing was converted:\n"
                + "  line 3, column 2: images/1.png has the class 'dog' here, but 'cat' in"
                + " line 2\n"
                + "  line 4, column 1: the path is missing\n"
                + "  line 5, column 2: the class is missing\n"
                + "  line 7, column 2: 2 is not one of the classes 0 to 1 of "
                + labels
                + "\n"
                + "  line 8 has 1 column; the first has 2\n"
                + "  line 9, column 2: 'cat' is a name, but the classes before are numbers\n"
                + "  line 10, column 1: 'http://x/1.png' has the scheme 'http'; a location is a"
                + " local path or gs://bucket/key");
  }

  @Test
  void find_missingValuesAsClasses_areRefusedUnlessAFileNamesThem() throws IOException {
    for (String missing : List.of("nan", "NaN", "NA", "null", "N/A", "<NA>")) {
      assertThat(failureOf("path,class\nimages/1.png,cat\nimages/2.png," + missing + "\n"))
          .hasMessageEndingWith(
              "line 3, column 2: the class is '"
                  + missing
                  + "', which programs write if a value is missing; if it is a class, name it in a"
                  + " file of classes and give that with --classes");
    }
    Path classes = write("classes.txt", "NA\ncat\n");
    Path list = write("train.csv", "path,class\nimages/1.png,cat\nimages/2.png,NA\n");
    assertPictures(
        find(list, Split.TRAIN, InputLayout.AUTO, classes.toString()),
        "images/1.png = cat",
        "images/2.png = NA");
  }

  @Test
  void find_semicolons_areNamedAsSuch() {
    assertThat(failureOf("path;class\nimages/1.png;cat\n"))
        .hasMessage(
            directory
                + "/train.csv, line 1: 'path;class' is separated by semicolons, as spreadsheets"
                + " write lists in some languages; separate path and class with a comma or a tab");
  }

  @Test
  void find_integersWrittenWithAFraction_areNamedAsIntegersInErrors() throws IOException {
    Path classes = write("classes.txt", "cat\ndog\n");
    Path list = write("train.csv", "path,class\nimages/1.png,2.0\nimages/2.png,3.0\n");

    assertThat(
            catchThrowableOfType(
                Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, classes.toString())))
        .hasMessageContaining("the class '2' is not in " + classes);
  }

  @Test
  void find_numbersThatAreNotIntegers_areRefused() throws IOException {
    Path labels = write("labels.txt", "cat\ndog\n");
    Path list = write("train.csv", "path,label\nimages/1.png,0.0\nimages/2.png,0.5\n");

    assertThat(
            catchThrowableOfType(
                Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, labels.toString())))
        .hasMessageContaining(
            "line 3, column 2: '0.5' is not a class number; it must be an integer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "images/1.png,dog\\n\"images/2.png,cat\\n | line 2: the quotes from here on are broken",
        "images/1.png,dog\\n\"images/2.png\"x,cat\\n | line 2: the quotes from here on are broken",
        "img,cls\\nimages/1.png,dog\\n | line 1, column 1: there is no file",
        "a,b,c\\n | line 1: it has 3 columns, but none is named 'path'",
        "path,label,wnid\\n | line 1: the columns 2 'label' and 3 'wnid' mean the same",
        "path,class\\n | has no row below its heading",
        "'' | is empty",
        "images/1.png\\n | has paths but no classes, which only --split test accepts",
      })
  void find_brokenList_saysWhere(String text, String message) {
    Failure failure = failureOf(text.replace("\\n", "\n"));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void find_bytesThatAreNotUtf8_areRefusedWithThePlace() throws IOException {
    Path list = directory.resolve("train.csv");
    Files.write(list, "images/1.png,gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1));

    Failure failure =
        catchThrowableOfType(Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, "all"));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining(list + ", line 1: ").hasMessageContaining("UTF-8");
  }

  @Test
  void find_noClassThatTheFileOfClassesNames_saysTheFirstWithItsLine() throws IOException {
    Path classes = write("classes.txt", "n01440764 \nn02007558\n");

    for (String label : List.of("cat", "zero")) {
      Path list = write("train.csv", "path,label\nimages/1.png," + label + "\n");
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, classes.toString()));

      assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
      assertThat(failure)
          .hasMessageStartingWith(
              "%s, line 2, column 2: the class '%s' is not in %s, nor is any other class of the list;"
                      .formatted(list, label, classes)
                  + " "
                  + classes
                  + " starts with the class 'n01440764'. ");
    }
  }

  @Test
  void find_fileOfClassesWithWordsAfterASpace_isRefusedWithTheForm() throws IOException {
    Path classes = write("synsets.txt", "n01440764 tench, Tinca tinca\n");
    Path list = write("train.csv", "path,class\nimages/1.png,n01440764\n");

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> find(list, Split.TRAIN, InputLayout.AUTO, classes.toString()));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            classes
                + ", line 1: 'n01440764 tench, Tinca tinca' is a wnid followed by other words;"
                + " write one wnid per line and its name, if any, after a tab. 'cut -c 1-9'"
                + " extracts the wnids");
  }
}
