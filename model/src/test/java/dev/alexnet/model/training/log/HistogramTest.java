package dev.alexnet.model.training.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.HistogramProto;

class HistogramTest {

  private static HistogramProto of(float... values) {
    Histogram histogram = new Histogram();
    histogram.add(values);
    return histogram.proto();
  }

  @Test
  void proto_ofAFewValues_hasEachInItsEighthOfAPowerOfTwo() {
    HistogramProto histogram = of(-1, 0, 0.5f, 0.55f, 3);
    assertThat(histogram.getNum()).isEqualTo(5);
    assertThat(histogram.getMin()).isEqualTo(-1);
    assertThat(histogram.getMax()).isEqualTo(3);
    assertThat(histogram.getSum()).isEqualTo(3.05, within(1e-6));
    assertThat(histogram.getSumSquares()).isEqualTo(10.5525, within(1e-6));
    // An empty bucket marks the lower limit of the next one: 2^-126 / 8 is the end of the bucket of
    // 0.
    assertThat(histogram.getBucketList()).containsExactly(0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 0.0, 1.0);
    assertThat(histogram.getBucketLimitList().subList(4, 8))
        .containsExactly(0.5, 0.5625, 3.0, 3.25);
    assertThat(histogram.getBucketLimitList().subList(0, 2)).containsExactly(-1.125, -1.0);
  }

  @Test
  void proto_ofManyValues_countsThoseBelowEachLimit() {
    Random random = new Random(20121203);
    float[] values = new float[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.01 * random.nextGaussian());
    }
    HistogramProto histogram = of(values);
    double below = 0;
    for (int i = 0; i < histogram.getBucketCount(); i++) {
      double limit = histogram.getBucketLimit(i);
      below += histogram.getBucket(i);
      long expected = 0;
      for (float value : values) {
        expected += value <= limit ? 1 : 0;
      }
      assertThat(below).as("below %s", limit).isEqualTo((double) expected);
    }
    assertThat(below).isEqualTo(values.length);
    assertThat(histogram.getBucketLimitList()).isSorted();
  }

  @Test
  void meanAbsolute_ofSigns_isThatOfSizes() {
    Histogram histogram = new Histogram();
    histogram.add(new float[] {-3, 1});
    histogram.add(new float[] {2, 0});
    assertThat(histogram.meanAbsolute()).isEqualTo(1.5);
  }
}
