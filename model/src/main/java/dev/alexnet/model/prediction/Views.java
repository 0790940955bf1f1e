package dev.alexnet.model.prediction;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * The ten views of an image that are averaged at test time, in the order of cuda-convnet2: the
 * crops at the upper left, upper right, centre, lower left and lower right, then their mirror
 * images (Krizhevsky et al., 2012, section 4.1).
 */
final class Views {
  static final int TEN = 10;

  /** The place of the centre, not mirrored. */
  static final int CENTRE = 2;

  // In halves of the margin: row and column; and whether mirrored.
  private static final int[][] PLACES = {
    {0, 0, 0}, {0, 2, 0}, {1, 1, 0}, {2, 0, 0}, {2, 2, 0},
    {0, 0, 1}, {0, 2, 1}, {1, 1, 1}, {2, 0, 1}, {2, 2, 1}
  };

  private Views() {}

  /**
   * Crops the views that are asked for, and no other.
   *
   * @param image {@code [height, width, 3]}, neither side below {@code size}
   * @param views {@code [views]}, places in the order above
   * @return {@code [views, size, size, 3]}
   */
  static Operand<TUint8> of(Ops tf, Operand<TUint8> image, Operand<TInt32> views, int size) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> places = tf.gather(tf.constant(PLACES), views, zero);
    Operand<TInt32> sides =
        tf.slice(tf.shape(image), tf.constant(new int[] {0}), tf.constant(new int[] {2}));
    Operand<TInt32> margins = tf.math.sub(sides, tf.constant(size));
    Operand<TInt32> steps = tf.range(zero, tf.constant(size), tf.constant(1));
    Operand<TInt32> rows = tf.math.add(start(tf, places, margins, 0), steps);
    Operand<TInt32> mirrored = column(tf, places, 2);
    // From left to right, or from size - 1 back to 0.
    Operand<TInt32> directed =
        tf.math.add(
            tf.math.mul(mirrored, tf.constant(size - 1)),
            tf.math.mul(tf.math.sub(tf.constant(1), tf.math.mul(mirrored, tf.constant(2))), steps));
    Operand<TInt32> columns = tf.math.add(start(tf, places, margins, 1), directed);
    return tf.gather(tf.gather(image, rows, zero), columns, tf.constant(2), Gather.batchDims(1L));
  }

  /** The first row or column of each view, {@code [views, 1]}. */
  private static Operand<TInt32> start(
      Ops tf, Operand<TInt32> places, Operand<TInt32> margins, int axis) {
    Operand<TInt32> margin =
        tf.slice(margins, tf.constant(new int[] {axis}), tf.constant(new int[] {1}));
    return tf.math.floorDiv(tf.math.mul(column(tf, places, axis), margin), tf.constant(2));
  }

  private static Operand<TInt32> column(Ops tf, Operand<TInt32> places, int index) {
    return tf.slice(places, tf.constant(new int[] {0, index}), tf.constant(new int[] {-1, 1}));
  }
}
