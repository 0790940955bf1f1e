package dev.alexnet.model.kernel;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Casts between precisions; adds nothing to the graph if there is nothing to convert. */
public final class Cast {
  private Cast() {}

  public static <T extends TFloating> Operand<T> to(
      Ops tf, Operand<? extends TFloating> value, Class<T> type) {
    return value.type() == type ? value.asOutput().expect(type) : tf.dtypes.cast(value, type);
  }

  public static Operand<TFloat32> toFloat32(Ops tf, Operand<? extends TFloating> value) {
    return to(tf, value, TFloat32.class);
  }
}
