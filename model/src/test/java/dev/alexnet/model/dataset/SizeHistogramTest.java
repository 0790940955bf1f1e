package dev.alexnet.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SizeHistogramTest {
  private static SizeHistogram of(Map<String, Long> pictures) {
    return new SizeHistogram(new TreeMap<>(pictures));
  }

  @Test
  void summary_sizes_givesLeastMedianAndGreatestOfEachSide() {
    // numpy.sort([375, 375, 500, 500, 640])[(5 - 1) // 2] and so on for the others.
    SizeHistogram sizes = of(Map.of("500x375", 2L, "375x500", 2L, "640x10", 1L));

    assertThat(sizes.summary())
        .isEqualTo(
            new PictureSizes(
                new PictureSizes.Range(375, 500, 640),
                new PictureSizes.Range(10, 375, 500),
                new PictureSizes.Range(10, 375, 375)));
    assertThat(of(Map.of("9x9", 1L, "10x10", 1L)).summary().width())
        .isEqualTo(new PictureSizes.Range(9, 9, 10));
    assertThatThrownBy(() -> SizeHistogram.empty().summary())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sum_ofParts_isTheSameInAnyGrouping() {
    SizeHistogram a = of(Map.of("500x375", 2L));
    SizeHistogram b = of(Map.of("500x375", 1L, "8x9", 4L));
    SizeHistogram c = of(Map.of("7x7", 1L));

    SizeHistogram together = SizeHistogram.sum(List.of(a, b, c));
    assertThat(together).isEqualTo(of(Map.of("500x375", 3L, "8x9", 4L, "7x7", 1L)));
    assertThat(
            SizeHistogram.sum(List.of(c, SizeHistogram.sum(List.of(b, a)), SizeHistogram.empty())))
        .isEqualTo(together);
  }

  @Test
  void new_notASize_isRefused() {
    assertThatThrownBy(() -> of(Map.of("0x5", 1L)))
        .hasMessage("histogram of sizes: the size '0x5' has 1 pictures");
  }
}
