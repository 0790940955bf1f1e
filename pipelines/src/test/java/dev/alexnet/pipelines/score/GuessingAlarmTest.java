package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuessingAlarmTest {
  private static boolean alarms(long wrong, long scored, int classes) {
    double error = (double) wrong / scored;
    ErrorWithin top1 = new ErrorWithin(1, error, Interval.of(error, scored));
    return GuessingAlarm.of(top1, scored, classes).isPresent();
  }

  @Test
  void of_anErrorLikeGuessing_alarms() {
    assertThat(alarms(49_950, 50_000, 1000)).isTrue();
    assertThat(alarms(450, 500, 10)).isTrue();
    // One in a thousand right by labels from 1: none at all.
    assertThat(alarms(50_000, 50_000, 1000)).isTrue();
  }

  @Test
  void of_anErrorBetterThanGuessing_isSilent() {
    assertThat(alarms(21_250, 50_000, 1000)).isFalse();
    assertThat(alarms(49_800, 50_000, 1000)).isFalse();
    assertThat(alarms(400, 500, 10)).isFalse();
  }

  @Test
  void of_tooFewImages_isSilent() {
    assertThat(alarms(90, 99, 10)).isFalse();
    assertThat(alarms(999, 1_000, 1000)).isFalse();
    assertThat(GuessingAlarm.of(new ErrorWithin(1, null, null), 0, 10)).isEmpty();
  }

  @Test
  void of_oneClass_isSilent() {
    assertThat(alarms(0, 500, 1)).isFalse();
  }

  /** A perfect model, its labels in a random order, a thousand times. */
  @Test
  void of_shuffledLabels_alarmsNearlyAlways() {
    Random random = new Random(1);
    int alarms = 0;
    for (int trial = 0; trial < 1000; trial++) {
      int inPlace = 0;
      int[] order = random.ints(0, Integer.MAX_VALUE).distinct().limit(1000).toArray();
      Integer[] places = new Integer[1000];
      Arrays.setAll(places, i -> i);
      Arrays.sort(places, (a, b) -> Integer.compare(order[a], order[b]));
      for (int label = 0; label < 1000; label++) {
        inPlace += places[label] == label ? 1 : 0;
      }
      alarms += alarms(50_000 - 50L * inPlace, 50_000, 1000) ? 1 : 0;
    }
    // Poisson: more than three of a thousand keep their places in 1.9 % of the orders.
    assertThat(alarms).isBetween(960, 1000);
  }

  @Test
  void of_anAlarm_saysTheFiguresAndWhatToLookAt() {
    ErrorWithin top1 = new ErrorWithin(1, 0.9, Interval.of(0.9, 500));
    assertThat(GuessingAlarm.of(top1, 500, 10).orElseThrow())
        .startsWith(
            "The top-1 error of 90.00 % (95 % interval 87.06 to 92.33 %) is no better than guessing"
                + " among 10 classes, 90.00 %.")
        .contains("labels from 1 instead of 0");
  }
}
