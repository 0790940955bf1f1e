package dev.alexnet.pipelines.evaluate;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.fixture.MetaBuilder;
import dev.alexnet.pipelines.score.ErrorWithin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir private Path directory;

  private Location write(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, content);
    return Location.of(file);
  }

  private Location devkit() throws IOException {
    byte[] meta =
        new MetaBuilder("ILSVRC2010_ID")
            .add(1, "n1", "fries", 0)
            .add(2, "n2", "mash", 0)
            .add(3, "n3", "tench", 0)
            .costs(new int[][] {{0, 2, 9}, {2, 0, 9}, {9, 9, 0}})
            .build();
    Path file = directory.resolve("meta.mat");
    Files.write(file, meta);
    return Location.of(file);
  }

  private static Evaluation evaluate(Location submission, Location truth, Location devkit) {
    return new Evaluator(ObjectStores.standard())
        .run(
            EvaluateSettings.builder()
                .set(EvaluateSettings.SUBMISSION, submission)
                .set(EvaluateSettings.TRUTH, truth)
                .set(EvaluateSettings.DEVKIT, devkit)
                .build());
  }

  @Test
  void of_aSmallSubmission_countsFlatAndHierarchicalErrors() throws IOException {
    // Right at once; at the second guess; never; no guess.
    Location submission = write("s", "1 2 3\n3 2\n 2\t1 \n0 0 0 0 0\n");
    Location truth = write("t", "1\n2\n3\n1\n");

    Evaluation evaluation = evaluate(submission, truth, devkit());

    assertThat(evaluation.images()).isEqualTo(4);
    assertThat(evaluation.withoutGuess()).isEqualTo(1);
    assertThat(evaluation.flat())
        .extracting(ErrorWithin::error)
        .containsExactly(0.75, 0.5, 0.5, 0.5, 0.5);
    // 0 + 9 + 9 + 9; then 0 + 0 + 9 + 9.
    assertThat(evaluation.hierarchical())
        .extracting(Evaluation.CostWithin::cost)
        .containsExactly(6.75, 4.5, 4.5, 4.5, 4.5);
    assertThat(evaluate(submission, truth, null).hierarchical()).isNull();
    assertThat(evaluate(submission, truth, null).flat()).isEqualTo(evaluation.flat());
  }

  @Test
  void of_zeroBeforeAGuess_countsAsAWrongGuessInItsPlace() throws IOException {
    Evaluation evaluation = evaluate(write("s", "0 1\n"), write("t", "1\n"), devkit());

    assertThat(evaluation.withoutGuess()).isZero();
    assertThat(evaluation.flat())
        .extracting(ErrorWithin::error)
        .containsExactly(1.0, 0.0, 0.0, 0.0, 0.0);
    // What the worst guess costs, then nothing.
    assertThat(evaluation.hierarchical())
        .extracting(Evaluation.CostWithin::cost)
        .containsExactly(9.0, 0.0, 0.0, 0.0, 0.0);
  }

  @Test
  void of_emptyLinesAtTheEnd_arePicturesWithoutAGuess() throws IOException {
    Location truth = write("t", "1\n2\n\n");
    for (String submission : List.of("1\n\n", "1\r\n\r\n", "1\n0")) {
      Evaluation evaluation = evaluate(write("s", submission), truth, null);

      assertThat(evaluation.images()).isEqualTo(2);
      assertThat(evaluation.withoutGuess()).isEqualTo(1);
      assertThat(evaluation.flat().get(0).error()).isEqualTo(0.5);
    }
    assertFailure(
        Failure.Kind.MISMATCH, write("s", "1\n"), truth, null, "s has 1 lines and ", "t has 2");
    assertFailure(
        Failure.Kind.MISMATCH,
        write("s", "1\n2\n\n"),
        truth,
        null,
        "The lines of the first after line 2 are empty",
        "delete them");
  }

  /** The figures come from SciPy: {@code src/test/python/evaluation_golden.py}. */
  @Test
  @RealData.Needed
  void of_fiftyThousandDrawnGuesses_agreesWithSciPy() throws IOException {
    Path data = devkitOf2010();
    Path truth = data.resolve("ILSVRC2010_validation_ground_truth.txt");
    StringBuilder lines = new StringBuilder();
    int image = 0;
    for (String line : Files.readAllLines(truth)) {
      for (int guess = 0; guess < 5; guess++) {
        int drawn = (int) ((image * 7919L + guess * 104_729L) % 1000) + 1;
        boolean right = (image + guess * 3) % 11 == 0;
        lines.append(right ? line : String.valueOf(drawn)).append(guess < 4 ? ' ' : '\n');
      }
      image++;
    }

    Evaluation evaluation =
        evaluate(
            write("drawn", lines.toString()),
            Location.of(truth),
            Location.of(data.resolve("meta.mat")));

    assertThat(evaluation.flat())
        .extracting(ErrorWithin::error)
        .containsExactly(0.90816, 0.81648, 0.72482, 0.63344, 0.54236);
    double[] costs = evaluation.hierarchical().stream().mapToDouble(c -> c.cost()).toArray();
    assertThat(costs)
        .containsExactly(
            new double[] {12.61874, 10.01758, 7.85648, 6.46776, 5.32018}, within(1e-9));
  }

  /** As above; line 40 is of a picture without a prediction. */
  @Test
  @RealData.Needed
  void of_aSubmissionThatScoreWrote_agreesWithSciPy() throws Exception {
    Path data = devkitOf2010();

    Evaluation evaluation =
        evaluate(
            resource("submission.txt"),
            resource("truth.txt"),
            Location.of(data.resolve("meta.mat")));

    assertThat(evaluation.withoutGuess()).isEqualTo(1);
    assertThat(evaluation.flat().stream().mapToDouble(ErrorWithin::error).toArray())
        .containsExactly(new double[] {6 / 7.0, 5 / 7.0, 4 / 7.0, 3 / 7.0, 0.3}, within(1e-12));
    assertThat(evaluation.hierarchical().stream().mapToDouble(c -> c.cost()).toArray())
        .containsExactly(
            new double[] {
              12.657142857142857,
              9.571428571428571,
              6.814285714285714,
              4.714285714285714,
              3.057142857142857
            },
            within(1e-12));
  }

  private static Path devkitOf2010() {
    return RealData.folder("devkits/ILSVRC2010_devkit-1.0/data");
  }

  private static Location resource(String name) throws URISyntaxException {
    return Location.of(Path.of(EvaluationTest.class.getResource(name).toURI()));
  }

  @Test
  void of_filesOfOtherLengths_isAMismatch() throws IOException {
    Location submission = write("s", "1\n2\n");
    Location truth = write("t", "1\n2\n3\n");
    assertFailure(
        Failure.Kind.MISMATCH, submission, truth, null, "s has 2 lines and ", "t has 3; both must");
  }

  @Test
  void of_idsOutOfRange_namesTheLine() throws IOException {
    Location truth = write("t", "1\n2\n");
    assertFailure(
        Failure.Kind.BAD_DATA,
        write("s", "1 2\n3 1001\n"),
        truth,
        null,
        "s, line 2, '3 1001': 1001 is not one of the ids 1 to 1000");
    assertFailure(
        Failure.Kind.BAD_DATA,
        write("s", "1 2\n3 4\n"),
        truth,
        devkit(),
        "s, line 2, '3 4': 4 is not one of the 3 ids of the devkit of ILSVRC2010");
    assertFailure(
        Failure.Kind.BAD_DATA,
        write("s", "1\n-1\n"),
        truth,
        null,
        "line 2, '-1': '-1' is not an id");
    assertFailure(
        Failure.Kind.BAD_DATA,
        write("s", "1\n2\n"),
        write("t0", "1\n0\n"),
        null,
        "t0, line 2, '0': 0 is not one of the ids 1 to 1000");
  }

  @Test
  void of_malformedLines_namesTheLine() throws IOException {
    Location truth = write("t", "1\n2\n");
    assertFailure(
        Failure.Kind.BAD_DATA,
        write("s", "1\n1 2 3 4 5 6\n"),
        truth,
        null,
        "line 2, '1 2 3 4 5 6': it has 6 ids; 0 to 5 are allowed");
    assertFailure(
        Failure.Kind.BAD_DATA,
        truth,
        write("s", "1 2\n2\n"),
        null,
        "it has 2 ids; exactly 1 is allowed");
    assertFailure(
        Failure.Kind.BAD_DATA, write("s", "n01440764\n"), truth, null, "'n01440764' is not an id");
  }

  @Test
  void of_emptyOrMissingFiles_saysWhich() throws IOException {
    Location truth = write("t", "1\n");
    assertFailure(
        Failure.Kind.BAD_DATA, write("s", "\n \n"), truth, null, "s, the submission, is empty");
    assertFailure(
        Failure.Kind.BAD_DATA, truth, write("s", ""), null, "s, the ground truth, is empty");
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        truth,
        Location.of(directory.resolve("none")),
        null,
        "none, the ground truth");
    assertFailure(
        Failure.Kind.INPUT_MISSING,
        truth,
        truth,
        Location.of(directory.resolve("no.mat")),
        "There is no devkit at");
  }

  private static void assertFailure(
      Failure.Kind kind, Location submission, Location truth, Location devkit, String... messages) {
    assertThatFailure(() -> evaluate(submission, truth, devkit))
        .isOfKind(kind)
        .hasMessageContainingAll(messages);
  }

  @Test
  void of_filesAfterAByteOrderMark_isTheSame() throws IOException {
    Evaluation evaluation =
        evaluate(write("s", "\uFEFF1 2\n3\n"), write("t", "\uFEFF1\n3\n"), null);

    assertThat(evaluation.images()).isEqualTo(2);
    assertThat(evaluation.flat()).extracting(ErrorWithin::error).containsOnly(0.0);
  }

  @Test
  void run_byteThatIsNotUtf8_isRefusedWithItsLine() throws IOException {
    Path file = directory.resolve("latin");
    Files.write(file, "1 2\n2 \u00b2\n".getBytes(StandardCharsets.ISO_8859_1));
    Location truth = write("t", "1\n2\n");

    assertThatFailure(() -> evaluate(Location.of(file), truth, null))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(file + ", line 2: a byte is not UTF-8; save the file as UTF-8");
  }
}
