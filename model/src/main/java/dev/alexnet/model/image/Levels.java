package dev.alexnet.model.image;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Rounds values to the whole levels, 0 to 255, that a picture stores. */
public final class Levels {
  private Levels() {}

  /** The nearest level of each value; halves go to the even one. */
  public static Operand<TUint8> of(Ops tf, Operand<TFloat32> values) {
    Operand<TFloat32> clipped = tf.clipByValue(values, tf.constant(0f), tf.constant(255f));
    return tf.dtypes.cast(tf.math.rint(clipped), TUint8.class);
  }
}
