package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.pipelines.score.statistics.Rank;
import dev.alexnet.pipelines.score.statistics.RankCandidates;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTest {

  @Test
  void of_distinctProbabilities_ranksThem() {
    float[] all = {0.05f, 0.3f, 0.1f, 0.25f, 0.02f, 0.2f, 0.08f};
    Prediction prediction = Prediction.of("a", 3, all);
    assertThat(prediction.top5()).containsExactly(1, 3, 5, 2, 6);
    assertThat(prediction.probabilities()).containsExactly(0.3f, 0.25f, 0.2f, 0.1f, 0.08f);
    assertThat(prediction.top1Credit()).isZero();
    assertThat(prediction.top5Credit()).isEqualTo(1);
    assertThat(Prediction.of("a", 4, all).top5Credit()).isZero();
    assertThat(Prediction.of("a", 1, all).top1Credit()).isEqualTo(1);
  }

  @Test
  void of_aTieAcrossTheBoundary_countsTheShareThatFits() {
    // One is greater than the four that tie; four places are left for them among the first five.
    float[] fits = {0.4f, 0.1f, 0.1f, 0.1f, 0.1f, 0.05f};
    assertThat(Prediction.of("a", 2, fits).top5Credit()).isEqualTo(1);
    // Three are greater; two places are left for the four that tie.
    float[] half = {0.2f, 0.2f, 0.2f, 0.1f, 0.1f, 0.1f, 0.1f};
    assertThat(Prediction.of("a", 4, half).top5Credit()).isEqualTo(0.5);
    assertThat(Prediction.of("a", 0, half).top1Credit()).isEqualTo(1.0 / 3);
  }

  @Test
  void of_equalProbabilities_isRightByChanceOnly() {
    float[] constant = new float[1000];
    Arrays.fill(constant, 0.001f);
    Prediction prediction = Prediction.of("a", 999, constant);
    assertThat(prediction.top1Credit()).isEqualTo(0.001);
    assertThat(prediction.top5Credit()).isEqualTo(0.005);
    assertThat(prediction.top5()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void of_fewerThanFiveClasses_ranksAllOfThem() {
    Prediction prediction = Prediction.of("a", 0, new float[] {0.4f, 0.6f});
    assertThat(prediction.top5()).containsExactly(1, 0);
    assertThat(prediction.top5Credit()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void of_aProbabilityThatIsNotFinite_isRefusedWhereverItStands(float broken) {
    for (int place = 0; place < 3; place++) {
      float[] all = {0.2f, 0.3f, 0.5f};
      all[place] = broken;

      for (long label = -1; label < 3; label++) {
        long of = label;
        assertNotFinite(() -> Prediction.of("a", of, all), place);
      }
      assertNotFinite(() -> Rank.of(all, 0), place);
      List<float[][]> ofTwoModels =
          List.of(new float[][] {{0.1f, 0.1f, 0.8f}}, new float[][] {all});
      assertNotFinite(() -> RankCandidates.of(ofTwoModels, 0, 1), place);
    }
  }

  private static void assertNotFinite(ThrowingCallable action, int label) {
    Failure failure = catchThrowableOfType(Failure.class, action);
    assertThat(failure.kind()).isEqualTo(Failure.Kind.NOT_FINITE);
    assertThat(failure)
        .hasMessageStartingWith("The probability of the class with the label " + label);
  }

  @Test
  void new_rowWithoutARank_isRefused() {
    assertThatThrownBy(
            () ->
                new Prediction(
                    "a", 0, "scored", List.of(0), List.of(Float.NaN), 1, 1, 0, 0, null, null))
        .hasMessageContaining("probabilities are [NaN]; they must be numbers from 0 to 1")
        .hasMessageContaining("greater is 0 and tied 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.0000002", "2.0", "1e9", "null"})
  void read_invalidProbability_isRefusedWithItsPlace(String probability) {
    Failure failure = catchThrowableOfType(Failure.class, () -> read("[0, 1]", probability));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BAD_DATA);
    assertThat(failure)
        .hasMessageStartingWith(
            "predictions.jsonl line 1 is not what was expected: prediction of a: probabilities are [0.0, ")
        .hasMessageEndingWith("]; they must be numbers from 0 to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[0, null]"})
  void read_invalidTopLabels_areRefusedWithTheirPlace(String top5) {
    Failure failure = catchThrowableOfType(Failure.class, () -> read(top5, "1"));

    assertThat(failure.kind()).isEqualTo(Failure.Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            "predictions.jsonl line 1 is not what was expected: prediction of a: top5 is %s; it must be a list of labels"
                .formatted(top5));
  }

  @Test
  void read_probabilitiesAtTheEnds_areTaken() {
    assertThat(read("[0, 1]", "1").probabilities()).containsExactly(0f, 1f);
  }

  private static Prediction read(String top5, String probability) {
    String line =
        """
        {"image":"a","label":0,"status":"scored","top5":%s,"probabilities":[0,%s],\
        "top1_credit":1.0,"top5_credit":1.0,"greater":0,"tied":1}
        """
            .formatted(top5, probability);
    return Json.read(
        line.getBytes(StandardCharsets.UTF_8), Prediction.class, "predictions.jsonl line 1");
  }

  @Test
  void of_anImageWithoutLabel_predictsButCountsNothing() {
    Prediction prediction = Prediction.of("a", -1, new float[] {0.4f, 0.6f});
    assertThat(prediction.status()).isEqualTo("unlabelled");
    Tally tally = new Tally(List.of(1, 2, 3, 4, 5));
    tally.add(prediction);
    assertThat(tally.unlabelled()).isEqualTo(1);
    assertThat(tally.scored()).isZero();
    assertThat(tally.errorWithin(1).error()).isNull();
  }

  @Test
  void add_ofImagesOfEveryKind_countsEachOnce() {
    float[] half = {0.2f, 0.2f, 0.2f, 0.1f, 0.1f, 0.1f, 0.1f};
    Tally tally = new Tally(List.of(1, 2, 3, 4, 5));
    tally.add(Prediction.of("a", 0, half));
    tally.add(Prediction.of("b", 4, half));
    tally.add(Prediction.of("c", -1, half));
    tally.add(Prediction.undecodable("d", 1, "no JPEG"));
    assertThat(tally.images()).isEqualTo(4);
    assertThat(tally.scored()).isEqualTo(2);
    assertThat(tally.unlabelled()).isEqualTo(1);
    assertThat(tally.undecodable()).isEqualTo(1);
    assertThat(tally.tied()).isEqualTo(2);
    // ExactCreditSum of the first: 1/3, 2/3, 1, 1, 1; of the second: 0, 0, 0, 1/4, 2/4.
    assertThat(tally.errors())
        .extracting(ErrorWithin::error)
        .containsExactly(5.0 / 6, 2.0 / 3, 0.5, 0.375, 0.25);
  }
}
