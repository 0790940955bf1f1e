package dev.alexnet.ops.report;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.score.Prediction;
import dev.alexnet.pipelines.score.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionSummaryTest {
  @TempDir Path directory;

  @Test
  void read_rowsOfThreeClasses_countsThemByClassAndConfusion() throws IOException {
    PredictionSummary summary =
        read(
            row(0, 0, 0.9f),
            row(0, 1, 0.8f),
            row(0, 1, 0.55f),
            row(0, 2, 0.52f),
            row(1, 1, 0.95f),
            row(2, 1, 0.99f));

    assertThat(summary.classes())
        .containsExactly(
            new ClassErrors(2, 1, 1, 0, 1, 1),
            new ClassErrors(0, 4, 0.75, 0, 1, 2),
            new ClassErrors(1, 1, 0, 0, -1, 0));
    assertThat(summary.confusions().mistakes())
        .containsExactly(new Confusion(0, 1, 2), new Confusion(0, 2, 1), new Confusion(2, 1, 1));
    assertThat(summary.confusions().of(0, 0)).isEqualTo(1);
    assertThat(summary.confusions().mostConfused(2)).containsExactly(0, 1);
    assertThat(summary.mistakes()).extracting(PredictionRow::row).containsExactly(5L, 1L, 2L, 3L);
  }

  @Test
  void reliability_binsOfTenths_holdMeansAndTheirDistance() throws IOException {
    PredictionSummary summary =
        read(row(0, 0, 1.0f), row(0, 0, 0.95f), row(0, 1, 0.5f), row(1, 1, 0.5f));

    List<Reliability.Bin> bins = summary.reliability().bins();
    assertThat(bins).hasSize(2);
    assertThat(bins.get(0)).isEqualTo(new Reliability.Bin(0.5, 0.6, 2, 0.5, 0.5));
    assertThat(bins.get(1).images()).isEqualTo(2);
    assertThat(bins.get(1).confidence()).isCloseTo(0.975, within(1e-6));
    assertThat(bins.get(1).accuracy()).isEqualTo(1);
    // Half of the images at a distance of 0.025.
    assertThat(summary.reliability().calibrationError()).isCloseTo(0.0125, within(1e-6));
  }

  @Test
  void samples_manyRows_areSpreadEvenly() throws IOException {
    Prediction[] rows = new Prediction[80];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(0, 0, 0.9f);
    }
    rows[10] = undecodable();

    assertThat(read(rows).samples())
        .extracting(PredictionRow::row)
        .containsExactly(0L, 11L, 20L, 30L, 40L, 50L, 60L, 70L);
  }

  @Test
  void mistakes_moreThanFit_keepsTheHighestConfidenceAndOfEqualsTheFirst() throws IOException {
    Prediction[] rows = new Prediction[12];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(0, 1, i < 10 ? 0.7f : 0.9f);
    }

    assertThat(read(rows).mistakes())
        .extracting(PredictionRow::row)
        .containsExactly(10L, 11L, 0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void read_classTiedForFirst_isNotAMistake() throws IOException {
    PredictionSummary summary =
        read(
            new Prediction(
                "tied", 1, "scored", List.of(0, 1), List.of(0.5f, 0.5f), 0.5, 1, 0, 2, null, null));

    assertThat(summary.mistakes()).isEmpty();
    assertThat(summary.confusions().mistakes()).isEmpty();
    assertThat(summary.classes()).containsExactly(new ClassErrors(1, 1, 0.5, 0, -1, 0));
  }

  @Test
  void read_lineLost_isRefused() throws IOException {
    write(row(0, 0, 0.9f));

    assertThatFailure(() -> read(ScoresFixture.of(2, 2, 0, 0, 3)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            "The predictions in "
                + directory
                + " have 1 lines, 1 of them scored; scores.json counts 2 and 2. They are damaged or from different runs; run the same 'alexnet score' command again to rewrite them");
  }

  @Test
  void read_classBeyondTheModels_isRefusedWithItsLine() throws IOException {
    Path file = write(row(0, 0, 0.9f), row(3, 0, 0.9f));

    assertThatFailure(() -> read(ScoresFixture.of(2, 2, 0, 0, 3)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(file + " line 2 is not a valid prediction for 3 classes; score again");
  }

  private PredictionSummary read(Prediction... rows) throws IOException {
    write(rows);
    long scored = List.of(rows).stream().filter(row -> row.status().equals("scored")).count();
    return read(ScoresFixture.of(rows.length, scored, 0, rows.length - scored, 3));
  }

  private PredictionSummary read(Scores scores) {
    return PredictionSummary.read(ObjectStores.standard(), Location.of(directory), scores);
  }

  private Path write(Prediction... rows) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Prediction row : rows) {
      lines.add(Json.line(row));
    }
    return Files.write(directory.resolve("predictions.jsonl"), lines);
  }

  /**
   * A row for an image of a class: its first guess and the confidence; if the guess is wrong, the
   * class comes second.
   */
  private static Prediction row(int label, int guess, float probability) {
    boolean right = label == guess;
    return new Prediction(
        "image",
        label,
        "scored",
        right ? List.of(guess) : List.of(guess, label),
        right ? List.of(probability) : List.of(probability, 1 - probability),
        right ? 1 : 0,
        1,
        right ? 0 : 1,
        1,
        null,
        null);
  }

  private static Prediction undecodable() {
    return new Prediction(
        "broken", 0, "undecodable: no JPEG", List.of(), List.of(), 0, 0, 0, 0, null, null);
  }
}
