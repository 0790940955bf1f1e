package dev.alexnet.pipelines.truth;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TruthFileTest {
  private static final Location FILE = new Location("real.json");
  private static final Labels ANIMALS = labels(LabelOrder.WNID, "cat", "dog", "fox");

  @TempDir private Path directory;

  private static Labels labels(LabelOrder order, String... names) {
    return new Labels(Arrays.stream(names).map(n -> new ClassLabel(n, n)).toList(), order);
  }

  private TruthFile read(String content, Labels model) throws IOException {
    Path file = Files.writeString(directory.resolve("truth"), content);
    return TruthFile.read(ObjectStores.standard(), Location.of(file), model);
  }

  @Test
  void read_csvOfNamesAndNumbers_givesTheLabelsOfEachImage() throws IOException {
    TruthFile file =
        read("\ufeffName,Labels\na.jpg,fox 0 fox\r\n\n\"b,1.jpg\",dog\nc.jpg, \n", ANIMALS);

    Truth truth = file.truth();
    assertThat(truth.rightLabels("a.jpg")).contains(List.of(2, 0));
    assertThat(truth.rightLabels("b,1.jpg")).contains(List.of(1));
    assertThat(truth.rightLabels("c.jpg")).contains(List.of());
    assertThat(truth.rightLabels("d.jpg")).isEmpty();
    assertThat(truth.rightLabels("Name")).isEmpty();
    assertThat(file.hash()).isEqualTo(Sha256.of(Files.readAllBytes(directory.resolve("truth"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.jpg,wolf | MISMATCH | line 1: 'wolf' is neither a class of the model nor a label from 0 to 2",
        "a.jpg,3 | MISMATCH | '3' is neither",
        "a.jpg,-1 | MISMATCH | '-1' is neither",
        "a.jpg,1.5 | MISMATCH | '1.5' is neither",
        "a.jpg,cat,dog | BAD_DATA | line 1 has 3 columns; a line is a name, a comma and labels",
        "a.jpg;cat | BAD_DATA | line 1 has a semicolon where the comma should be: 'a.jpg;cat'. Write a comma",
        "a.jpg | BAD_DATA | has 1 column;",
        "{\"a.jpg\": [1]} | BAD_DATA | is a JSON object. ReaL's real.json is a list of lists of labels; write labels by the names of images as CSV",
        "',cat' | BAD_DATA | has 2 columns",
        "a.jpg,cat~a.jpg,dog | BAD_DATA | line 2: a.jpg has a line before; keep one",
        "name,labels | BAD_DATA | has no line; write one for each image",
        "'\"a,cat' | BAD_DATA | is not a CSV file"
      })
  void read_csvThatIsMalformed_isRefusedWithItsLine(
      String content, Failure.Kind kind, String message) {
    assertThatFailure(() -> read(content.replace('~', '\n'), ANIMALS))
        .isOfKind(kind)
        .hasMessageContaining(message);
  }

  @Test
  void read_numberThatIsAlsoTheNameOfAnotherClass_isRefusedWithBothReadings() throws IOException {
    Labels numbers = labels(LabelOrder.NUMBER, "1", "2", "10");

    assertThatFailure(() -> read("a.jpg,2\n", numbers))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(
            "'2' can be the class of this name, which has the label 1, or the label 2, which is the class 10");
    assertThatFailure(() -> read("a.jpg,2.0\n", numbers))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("'2.0' can be the class of this name, which has the label 1");
    assertThat(read("a.jpg,10 0\n", numbers).truth().rightLabels("a.jpg")).contains(List.of(2, 0));
  }

  @Test
  void read_missingFile_isRefused() {
    Location missing = Location.of(directory.resolve("missing"));
    assertThatFailure(() -> TruthFile.read(ObjectStores.standard(), missing, ANIMALS))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("There is no file");
  }

  @Test
  void read_realWithOtherClasses_isRefused() {
    Labels thousand =
        labels(
            LabelOrder.WNID,
            Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> "n%08d".formatted(i))
                .toArray(String[]::new));
    assertThatFailure(() -> read(" [[1], [2, 3]]", thousand))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("the model has 1000 classes, which are others");
  }

  @Test
  void parse_real_takesListsByTheNumberInTheName() {
    String[] lists = new String[RealTruth.IMAGES];
    Arrays.setAll(lists, i -> "[%d]".formatted(i % 1000));
    lists[6] = "[]";
    lists[7] = "[5, 3, 5]";
    RealTruth truth = parse("[" + String.join(",", lists) + "]");

    assertThat(truth.rightLabels("ILSVRC2012_val_00000001.JPEG")).contains(List.of(0));
    assertThat(truth.rightLabels("val/ILSVRC2012_val_00050000.JPEG")).contains(List.of(999));
    assertThat(truth.rightLabels("ILSVRC2012_val_00000007.JPEG")).contains(List.of());
    assertThat(truth.rightLabels("n01440764/ILSVRC2012_val_00000008")).contains(List.of(5, 3));
    assertThat(truth.rightLabels("ILSVRC2012_val_00000000.JPEG")).isEmpty();
    assertThat(truth.rightLabels("ILSVRC2012_val_00050001.JPEG")).isEmpty();
    assertThat(truth.rightLabels("ILSVRC2012_test_00000001.JPEG")).isEmpty();
    assertThat(truth.rightLabels("ILSVRC2010_val_00000001.JPEG")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1000] | list 50,000 is [1000]; it must have labels from 0 to 999",
        "[-1] | list 50,000 is [-1]",
        "[null] | list 50,000 is [null]",
        "null | list 50,000 is null",
        "[1.5] | is not what was expected",
        "[1],[2] | has 50,001 lists; ReaL's file has one for each of the 50,000"
      })
  void parse_realThatIsMalformed_isRefusedWithItsPlace(String last, String message) {
    assertThatFailure(() -> parse("[" + "[1],".repeat(RealTruth.IMAGES - 1) + last + "]"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(message);
  }

  private static RealTruth parse(String json) {
    return RealTruth.parse(json.getBytes(StandardCharsets.UTF_8), FILE, 1000);
  }
}
