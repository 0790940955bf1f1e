package dev.alexnet.model.network;

import dev.alexnet.infra.settings.SettingType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The number format that the network computes in. Parameters, momentum, gradients of parameters,
 * normalisation and loss are float32 in both; sums within a kernel are too.
 */
public enum Precision {
  /** Everything is float32, and no processor may reduce it to TF32 or bfloat16. */
  FP32(TFloat32.class, Float.BYTES),

  /**
   * Convolutions, dense layers and what flows between layers are bfloat16, forward and backward:
   * the range of float32 with 8 bits of precision, so that no loss scaling is needed.
   */
  BF16(TBfloat16.class, Short.BYTES);

  private final Class<? extends TFloating> type;
  private final int bytes;

  Precision(Class<? extends TFloating> type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** The type of what flows between layers. */
  public Class<? extends TFloating> type() {
    return type;
  }

  /** The size of a value that flows between layers. */
  int bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return SettingType.word(this);
  }
}
