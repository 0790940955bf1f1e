package dev.alexnet.model.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.MeanImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentedMeanTest {
  /** A 6 × 6 image: red is the row plus a half, green the column plus a half. */
  private static final MeanImage MEAN = mean(6, 0.5f, 1);

  private static MeanImage mean(int size, float first, float step) {
    float[] values = new float[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      int row = i / size;
      int column = i % size;
      values[3 * i] = first + step * row;
      values[3 * i + 1] = first + step * column;
      values[3 * i + 2] = 100.25f;
    }
    return new MeanImage(size, values);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"random_crop(4) | flip", "centre_crop(2)", "ten_views(4)", "resize_small(6)"})
  void of_operationsThatKeepTheScale_isTheMeanItself(String operations) {
    assertThat(AugmentedMean.of(MEAN, Augmentation.parse(operations)).values())
        .isEqualTo(MEAN.values());
  }

  @Test
  void of_aChangeOfScale_isTheMeanAtThatScaleInFractionsOfLevels() {
    MeanImage half = AugmentedMean.of(MEAN, Augmentation.parse("resize_small(3) | flip"));
    assertThat(half.size()).isEqualTo(3);
    assertThat(half.values()).containsExactly(mean(3, 1, 2).values());
  }

  @Test
  void of_aCropBeforeAChangeOfScale_isTheCentreAtThatScale() {
    MeanImage half = AugmentedMean.of(MEAN, Augmentation.parse("random_crop(4) | resize_small(2)"));
    assertThat(half.size()).isEqualTo(2);
    assertThat(half.values()).containsExactly(mean(2, 2, 2).values());
  }
}
