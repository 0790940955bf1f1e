package dev.alexnet.model.training.log;

import org.tensorflow.proto.HistogramProto;

/**
 * Counts values in buckets, eight per power of two, as fine as TensorFlow's own. A value's bucket
 * is given by its leading bits: sign, exponent and three bits of the mantissa.
 */
final class Histogram {
  private static final int DROPPED_BITS = 20;
  private static final int SIGN = 1 << (31 - DROPPED_BITS);

  private final long[] positive = new long[SIGN];
  private final long[] negative = new long[SIGN];
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private double sum;
  private double squares;
  private double absolutes;
  private long count;

  /** Adds values, all of them finite. */
  void add(float[] values) {
    for (float value : values) {
      int bucket = Float.floatToRawIntBits(value) >>> DROPPED_BITS;
      if (bucket < SIGN) {
        positive[bucket]++;
      } else {
        negative[bucket - SIGN]++;
      }
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      sum += value;
      squares += (double) value * value;
      absolutes += Math.abs(value);
    }
    count += values.length;
  }

  double meanAbsolute() {
    return absolutes / count;
  }

  /**
   * Buckets by their upper limits, in order; each run of empty buckets is merged into its first.
   */
  HistogramProto proto() {
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder()
            .setMin(least)
            .setMax(greatest)
            .setNum((double) count)
            .setSum(sum)
            .setSumSquares(squares);
    Buckets buckets = new Buckets(histogram);
    for (int i = SIGN - 1; i >= 0; i--) {
      buckets.add(-limit(i), negative[i]);
    }
    for (int i = 0; i < SIGN; i++) {
      buckets.add(limit(i + 1), positive[i]);
    }
    return histogram.build();
  }

  /** The lower limit of a bucket of non-negative values. */
  private static double limit(int bucket) {
    return Float.intBitsToFloat(bucket << DROPPED_BITS);
  }

  /** Leaves out what TensorBoard does not need. */
  private static final class Buckets {
    private final HistogramProto.Builder histogram;
    private double emptyUpTo = Double.NaN;

    Buckets(HistogramProto.Builder histogram) {
      this.histogram = histogram;
    }

    void add(double limit, long values) {
      if (values == 0) {
        emptyUpTo = limit;
        return;
      }
      if (!Double.isNaN(emptyUpTo)) {
        histogram.addBucketLimit(emptyUpTo).addBucket(0);
        emptyUpTo = Double.NaN;
      }
      histogram.addBucketLimit(limit).addBucket((double) values);
    }
  }
}
