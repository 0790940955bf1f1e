package dev.alexnet.model.augmentation;

import static dev.alexnet.model.augmentation.AugmentedImage.STATISTICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationGraphTest {
  private static final int SIZE = 10;

  private static AugmentedImage image(String operations) {
    return new AugmentedImage(operations, SIZE, STATISTICS);
  }

  @Test
  void randomCrop_overManyDraws_isUniformOverAllWindowsTheLastIncluded() {
    Map<String, Integer> counts = new HashMap<>();
    try (AugmentedImage image = image("random_crop(8)")) {
      for (int i = 0; i < 1800; i++) {
        float[] crop = image.draw(1, 0, "image" + i);
        assertThat(crop).hasSize(8 * 8 * 3);
        assertThat(crop[3]).isEqualTo(crop[0]);
        assertThat(crop[4]).isEqualTo(crop[1] + 1);
        counts.merge((int) crop[0] + "," + (int) crop[1], 1, Integer::sum);
      }
    }
    // 9 windows, 200 each on average with a standard deviation of 13.
    assertThat(counts).hasSize(9).allSatisfy((window, n) -> assertThat(n).isBetween(140, 260));
  }

  /** A window of 224 in 256 pixels has as many positions as one of 2 in 34: 33 × 33. */
  @Test
  void randomCrop_withTheMarginOf224In256_isUniformOver33By33Places() {
    int expected = 20;
    int draws = expected * 33 * 33;
    int[] counts = new int[33 * 33];
    try (AugmentedImage image = new AugmentedImage("random_crop(2)", 34, STATISTICS)) {
      for (int i = 0; i < draws; i++) {
        float[] crop = image.draw(1, 0, "image" + i);
        counts[Math.round(crop[0] * 33 + crop[1])]++;
      }
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += Math.pow(count - expected, 2) / expected;
    }
    // 1088 degrees of freedom, so a standard deviation of 46.6; five of them either side.
    assertThat(chiSquare).isBetween(1088 - 233.0, 1088 + 233.0);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "7, 1", "9, 0", "10, 0"})
  void centreCrop_ofAnySize_beginsAtHalfOfWhatIsLeftOver(int size, int offset) {
    try (AugmentedImage image = image("centre_crop(" + size + ")")) {
      float[] crop = image.draw(1, 0, "a");
      assertThat(crop).hasSize(size * size * 3);
      assertThat(crop).startsWith(offset, offset, 100, offset, offset + 1, 100);
    }
  }

  @Test
  void tenViews_copyByCopy_areThoseOfScoringInItsOrder() {
    List<String> views = new ArrayList<>();
    try (AugmentedImage image = image("ten_views(7)")) {
      for (int copy = 0; copy < 10; copy++) {
        float[] view = image.draw(1, copy, "a");
        assertThat(view).hasSize(7 * 7 * 3);
        int right = 3 * 6;
        views.add("%.0f,%.0f-%.0f".formatted(view[0], view[1], view[right + 1]));
      }
    }
    assertThat(views)
        .containsExactly(
            "0,0-6", "0,3-9", "1,1-7", "3,0-6", "3,3-9", "0,6-0", "0,9-3", "1,7-1", "3,6-0",
            "3,9-3");
  }

  @Test
  void resizeSmall_toHalf_isTheMeanOfFourPixelsInWholeLevels() {
    try (AugmentedImage image = image("resize_small(5)")) {
      float[] half = image.draw(1, 0, "a");
      assertThat(half).hasSize(5 * 5 * 3);
      // Means of 0 and 1, 2 and 3, …: halves go to the even level.
      for (int i = 0; i < 25; i++) {
        assertThat(half[3 * i]).isEqualTo((float) Math.rint(i / 5 * 2 + 0.5));
        assertThat(half[3 * i + 1]).isEqualTo((float) Math.rint(i % 5 * 2 + 0.5));
        assertThat(half[3 * i + 2]).isEqualTo(100);
      }
    }
  }

  @Test
  void resizeSmall_toTheSameSize_changesNothing() {
    try (AugmentedImage image = image("resize_small(10)");
        AugmentedImage same = image("centre_crop(10)")) {
      assertThat(image.draw(1, 0, "a")).isEqualTo(same.draw(1, 0, "a"));
    }
  }

  @Test
  void flip_overManyDraws_mirrorsHalfOfTheImagesFromLeftToRight() {
    int mirrored = 0;
    try (AugmentedImage image = image("flip")) {
      for (int i = 0; i < 1000; i++) {
        float[] drawn = image.draw(1, 0, "image" + i);
        assertThat(drawn[0]).isZero();
        assertThat(drawn[1]).isIn(0f, 9f);
        assertThat(drawn[3 * (SIZE - 1) + 1]).isEqualTo(9 - drawn[1]);
        mirrored += drawn[1] == 9f ? 1 : 0;
      }
    }
    assertThat(mirrored).isBetween(430, 570);
  }

  @Test
  void randomCropAndFlip_ofAnyDraw_areAWindowOrItsMirrorImagePixelByPixel() {
    Set<String> drawn = new HashSet<>();
    try (AugmentedImage image = image("random_crop(8) | flip")) {
      for (int draw = 0; draw < 300; draw++) {
        float[] shown = image.draw(1, 0, "image" + draw);
        boolean mirrored = shown[1] > shown[3 * 7 + 1];
        int top = (int) shown[0];
        int left = (int) shown[mirrored ? 3 * 7 + 1 : 1];
        assertThat(shown).containsExactly(window(top, left, 8, mirrored));
        drawn.add(top + "," + left + (mirrored ? " mirrored" : ""));
      }
    }
    assertThat(drawn).hasSize(9 * 2);
  }

  private static float[] window(int top, int left, int size, boolean mirrored) {
    float[] values = new float[size * size * 3];
    for (int i = 0; i < size * size; i++) {
      values[3 * i] = top + i / size;
      values[3 * i + 1] = left + (mirrored ? size - 1 - i % size : i % size);
      values[3 * i + 2] = 100;
    }
    return values;
  }

  @Test
  void colour_overManyDraws_hasTheStandardDeviationsOfTheTrainingSet() {
    int draws = 2000;
    double[] squares = new double[3];
    try (AugmentedImage image = image("colour(0.1)")) {
      for (int i = 0; i < draws; i++) {
        float[] drawn = image.draw(1, 0, "image" + i);
        double[] shift = {drawn[0], drawn[1], drawn[2] - 100};
        // The last pixel has the same colour added as the first.
        assertThat(drawn[drawn.length - 1] - 100).isCloseTo((float) shift[2], within(1e-4f));
        for (int c = 0; c < 3; c++) {
          squares[c] += shift[c] * shift[c];
        }
      }
    }
    assertThat(Math.sqrt(squares[0] / draws)).isCloseTo(2.0, within(0.15));
    assertThat(Math.sqrt(squares[1] / draws)).isCloseTo(1.0, within(0.08));
    assertThat(Math.sqrt(squares[2] / draws)).isCloseTo(0.5, within(0.04));
  }

  @Test
  void apply_dependsOnSeedCopyAndImageAlone() {
    String operations = "random_crop(8) | flip | colour(0.1)";
    try (AugmentedImage first = image(operations);
        AugmentedImage second = image(operations)) {
      float[] expected = first.draw(1, 3, "a");
      first.draw(1, 4, "b");
      assertThat(second.draw(1, 3, "a")).isEqualTo(expected);
      assertThat(first.draw(1, 3, "a")).isEqualTo(expected);
      assertThat(first.draw(1, 4, "a")).isNotEqualTo(expected);
      assertThat(first.draw(1, 3, "b")).isNotEqualTo(expected);
      assertThat(first.draw(2, 3, "a")).isNotEqualTo(expected);
    }
  }
}
