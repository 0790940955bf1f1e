package dev.alexnet.model.arithmetic;

import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Precision;

/**
 * The error above which arithmetic is wrong, or less precise than its type, rather than rounded.
 */
final class Tolerance {
  /** Sums in float32 stay below 1e-5; TF32 gives 2e-3, and wrong kernels gave 0.1. */
  private static final double FLOAT32 = 2e-4;

  /** Two roundings of a result; sums must be more precise than bfloat16 within a kernel. */
  private static final double BFLOAT16 = 0x1p-7;

  /** Where windows overlap, the gradient is a sum of up to four numbers in bfloat16. */
  private static final double BFLOAT16_SUMS = 6e-2;

  private Tolerance() {}

  static double of(LayerSpec layer, Pass pass, Precision precision) {
    if (precision == Precision.FP32) {
      return FLOAT32;
    }
    boolean adds = layer instanceof LayerSpec.MaxPooling && pass == Pass.INPUT_GRADIENT;
    return adds ? BFLOAT16_SUMS : BFLOAT16;
  }
}
