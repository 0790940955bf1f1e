package dev.alexnet.model.prediction;

import dev.alexnet.model.image.View;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** Crops {@link View#TEN the ten views} of an image in a graph. */
final class Views {
  private Views() {}

  /**
   * Crops the requested views only.
   *
   * @param image {@code [height, width, 3]}, neither side below {@code size}
   * @param views {@code [views]}, indices among the ten
   * @return {@code [views, size, size, 3]}
   */
  static Operand<TUint8> of(Ops tf, Operand<TUint8> image, Operand<TInt32> views, int size) {
    Operand<TInt32> zero = tf.constant(0);
    Operand<TInt32> places = tf.gather(tf.constant(ten()), views, zero);
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

  /** Row, column, and 1 for a mirror image, {@code [10, 3]}. */
  private static int[][] ten() {
    return View.TEN.stream()
        .map(view -> new int[] {view.row(), view.column(), view.mirrored() ? 1 : 0})
        .toArray(int[][]::new);
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
