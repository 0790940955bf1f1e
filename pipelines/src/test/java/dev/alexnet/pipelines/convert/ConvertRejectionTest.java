package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pictures that are rejected, and inputs that are refused for what they hold. */
class ConvertRejectionTest extends ConversionTest {
  @Test
  void run_brokenPictures_areRejectedWithTheirReasons() throws Exception {
    byte[] good = Drawing.jpeg(50, 40, 1);
    Map<String, Map<String, byte[]>> pictures = new TreeMap<>();
    pictures.put(
        "n01440764",
        new TreeMap<>(
            Map.of(
                "n01440764_1.JPEG",
                good,
                "n01440764_2.JPEG",
                Arrays.copyOf(good, good.length / 2),
                "n01440764_3.JPEG",
                "<html>Not available</html>".getBytes(StandardCharsets.UTF_8),
                "n01440764_4.JPEG",
                new byte[0],
                "n01440764_5.JPEG",
                Drawing.png(40, 40, 2),
                "readme.txt",
                good)));
    pictures.put("n99999999", Map.of("n99999999_1.JPEG", good));
    Archives.writeTrain(input, pictures);
    Archives.writeDevkit(input, List.of());

    ConvertResult result = run(settings("train", 1, 7, 0, 5));

    assertResult(result, 2, 5, 1, 0, false, 3);
    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrder("n01440764_1.JPEG", "n01440764_5.JPEG");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactlyInAnyOrder(
            tuple("readme.txt", "UNEXPECTED_NAME"),
            tuple("n01440764_2.JPEG", "TRUNCATED"),
            tuple("n01440764_3.JPEG", "NOT_AN_IMAGE"),
            tuple("n01440764_4.JPEG", "EMPTY"),
            tuple("n99999999_1.JPEG", "UNKNOWN_CLASS"));
    byte[] archive = Files.readAllBytes(input.resolve("ILSVRC2012_img_train.tar"));
    Rejection page =
        rejections().stream().filter(r -> r.reason().equals("NOT_AN_IMAGE")).findFirst().get();
    assertThat(new String(archive, (int) page.offset(), 6, StandardCharsets.UTF_8))
        .isEqualTo("<html>");
    assertThat(page.source()).isEqualTo(input.resolve("ILSVRC2012_img_train.tar").toString());
  }

  @Test
  void run_moreRejectedThanAllowed_failsAfterAllIsWritten() throws Exception {
    Archives.writeFolders(
        input, Map.of("cat", Map.of("1.jpg", Drawing.jpeg(40, 40, 1), "2.jpg", new byte[0])));

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            "1 picture was rejected; the settings allow 0. The other one is in "
                + output
                + ", complete. Read "
                + output
                + "/rejected.jsonl, then fix the source or raise --max-rejected.");
    assertThat(records()).extracting(ImageRecord::fileName).containsExactly("cat/1.jpg");
    assertThat(failureOf(settings("train", 1, 7, 0, 0))).hasMessage(failure.getMessage());
    assertResult(run(settings("train", 1, 7, 0, 1)), 1, 1, 1, 1, true, 1);
  }

  @Test
  void launch_moreRejectedThanAllowed_failsInThePipeline() throws Exception {
    Archives.writeFolders(
        input, Map.of("cat", Map.of("1.jpg", Drawing.jpeg(40, 40, 1), "2.jpg", new byte[0])));
    String[] flags = {"--input=" + input, "--output=" + output, "--size=32"};

    for (int run = 0; run < 2; run++) {
      assertThatThrownBy(() -> launch(flags))
          .hasStackTraceContaining(
              "1 picture was rejected; the settings allow 0. The other one is");
    }
    assertThat(records()).extracting(ImageRecord::fileName).containsExactly("cat/1.jpg");
  }

  @Test
  void run_nothingButBrokenPictures_failsAndNamesTheFirst() throws Exception {
    Archives.writeFolders(input, Map.of("cat", Map.of("1.jpg", new byte[0])));

    Failure failure = failureOf(settings("train", 1, 7, 0, 9));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            "No picture in "
                + input
                + " could be converted; 1 picture was rejected. The first was"
                + " cat/1.jpg in "
                + input
                + "/cat/1.jpg at byte 0, rejected as EMPTY: the file is empty. All are listed in "
                + output
                + "/rejected.jsonl");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactly(tuple("cat/1.jpg", "EMPTY"));
    assertThat(Dataset.isAt(store, Location.of(output))).isFalse();
  }

  @Test
  void run_nothingButStrangeNames_failsAndListsThem() throws Exception {
    Archives.writeFolders(input, Map.of("cat", Map.of("notes.txt", new byte[1])));

    assertThat(failureOf(settings("train", 1, 7, 0, 9)).kind()).isEqualTo(Kind.BAD_DATA);

    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactly(tuple("cat/notes.txt", "UNEXPECTED_NAME"));
  }

  @Test
  void run_hiddenAndForeignNames_areCountedAndNamedInTheManifest() throws Exception {
    Archives.writeFolders(
        input,
        Map.of(
            "cat",
            Map.of("1.jpg", Drawing.jpeg(40, 40, 1), "._1.jpg", new byte[9], "..JPEG", new byte[9]),
            ".git",
            Map.of("2.jpg", new byte[9])));
    Files.write(input.resolve("readme.txt"), new byte[1]);

    ConvertResult result = run(settings("train", 1, 7, 0, 0));

    assertThat(result.source())
        .isEqualTo(
            "1 class folder of input; images of 1 class, 1 each; 4 names ignored: .git/,"
                + " cat/..JPEG, cat/._1.jpg, readme.txt");
    assertThat(Dataset.open(store, Location.of(output)).manifest().source())
        .isEqualTo(result.source());
    // What is ignored may come and go.
    Files.delete(input.resolve("cat/._1.jpg"));
    assertResult(run(settings("train", 1, 7, 0, 0)), 1, 0, 1, 1, true, 1);
  }

  @Test
  void run_unknownAndEmptyClassFolders_areSaidAndNeverLabelled() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    Files.delete(input.resolve("n02119789/n02119789_1.JPEG"));
    Archives.writeFolders(input, Map.of("tmp", Map.of("x.JPEG", Drawing.jpeg(30, 30, 9))));
    Archives.writeDevkit(input, List.of());

    assertThat(failureOf(settings("train", 1, 7, 0, 0)))
        .hasMessageStartingWith("1 picture was rejected; the settings allow 0.");
    ConvertResult result = run(settings("train", 1, 7, 0, 0));

    assertThat(result.excess()).startsWith("1 picture was rejected; the settings allow 0.");

    assertResult(result, 2, 1, 1, 1, true, 3);
    assertThat(result.classesWithImages()).isEqualTo(2);
    assertThat(result.source())
        .isEqualTo("4 class folders of input; images of 2 of 3 classes, 1 each");
    assertThat(result.notices())
        .containsExactly(
            "Pictures of classes that are not in the devkit will be rejected. Classes (1): tmp",
            "Classes without an image, 1 of 3: n02119789");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactly(tuple("tmp/x.JPEG", "UNKNOWN_CLASS"));
    assertThat(records())
        .extracting(ImageRecord::fileName, ImageRecord::label)
        .containsExactlyInAnyOrder(tuple("n01440764_1.JPEG", 0L), tuple("n03255030_1.JPEG", 2L));
  }

  @Test
  void run_picturesOfOneClass_saysThatNothingCanBeLearned() throws Exception {
    Archives.writeFolders(
        input, Map.of("cat", Map.of("1.jpg", Drawing.jpeg(40, 40, 1)), "dog", Map.of()));

    assertThat(run(settings("train", 1, 7, 0, 0)).notices())
        .containsExactly(
            "Classes without an image, 1 of 2: dog",
            "Warning: all images of "
                + output
                + " are of one class, 'cat': a network only learns to answer that class, with"
                + " a loss of 0. If there should be more classes, check what was converted");
  }

  @Test
  void run_pictureTwiceInAnArchive_keepsTheFirst() throws Exception {
    byte[] first = Drawing.jpeg(40, 40, 1);
    Archives.writeTrain(
        input,
        Map.of(
            "n01440764",
            Map.of("n01440764_1.JPEG", first, "x/n01440764_1.JPEG", Drawing.jpeg(40, 40, 2))));
    Archives.writeDevkit(input, List.of());

    run(settings("train", 1, 7, 0, 1));

    assertThat(records()).hasSize(1);
    assertThat(rejections()).extracting(Rejection::reason).containsExactly("DUPLICATE");
  }

  @Test
  void run_listOfPictures_labelsEachAndRejectsWhatIsTwiceOrMissing() throws Exception {
    Archives.writeFolders(
        input, Map.of("images", Map.of("a", Drawing.jpeg(40, 30, 1), "b", Drawing.png(30, 40, 2))));
    Files.writeString(
        input.resolve("train.tsv"),
        "class\tfile\ndog\timages/a\ncat\timages/b\ndog\timages/a\ncat\timages/c\n");

    ConvertResult result = run(settings("train", 1, 7, 0, 2));

    assertResult(result, 2, 2, 1, 0, false, 2);
    assertThat(records())
        .extracting(ImageRecord::fileName, ImageRecord::label, ImageRecord::wnid)
        .containsExactlyInAnyOrder(tuple("images/a", 1L, "dog"), tuple("images/b", 0L, "cat"));
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason)
        .containsExactlyInAnyOrder(
            tuple("images/a", "DUPLICATE"), tuple("images/c", "MISSING_FILE"));
  }

  @Test
  void run_emptyClassFolders_failsAsMissing() throws Exception {
    Files.createDirectory(input.resolve("cat"));

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure).hasMessageContaining("it contains no picture");
  }

  @Test
  void run_missingArchive_failsAndWritesNothing() {
    assertThat(failureOf(settings("train", 1, 7, 0, 0)).kind()).isEqualTo(Kind.INPUT_MISSING);

    assertThat(output).doesNotExist();
  }

  @Test
  void run_truthOfAnotherLength_failsWithThatReason() throws Exception {
    Archives.writeValidation(input, 2);
    Archives.writeDevkit(input, List.of(0));

    Failure failure = failureOf(settings("validation", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining("holds 2 pictures");
  }
}
