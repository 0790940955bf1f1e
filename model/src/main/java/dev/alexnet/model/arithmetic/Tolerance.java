package dev.alexnet.model.arithmetic;

import dev.alexnet.model.network.Precision;

/**
 * The error that tells rounding from arithmetic that is wrong. On sound processors the largest are
 * 6e-6 in float32 and 2e-2 in bfloat16, of gradients that pooling adds up; TF32 makes 2e-3, and the
 * wrong kernels that were met made a tenth and more.
 */
final class Tolerance {
  private static final double FLOAT32 = 2e-4;
  private static final double BFLOAT16 = 6e-2;

  private Tolerance() {}

  static double of(Precision precision) {
    return switch (precision) {
      case FP32 -> FLOAT32;
      case BF16 -> BFLOAT16;
    };
  }

  /** False also if the error is not a number. */
  static boolean holds(Precision precision, double error) {
    return error <= of(precision);
  }
}
