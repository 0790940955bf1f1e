package dev.alexnet.model.prediction;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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

  // In halves of the margin: row, column, channel.
  private static final int[][] PLACES = {{0, 0, 0}, {0, 2, 0}, {1, 1, 0}, {2, 0, 0}, {2, 2, 0}};

  private Views() {}

  /**
   * @param image {@code [height, width, 3]}, neither side below {@code size}
   * @return {@code [10, size, size, 3]}
   */
  static Operand<TUint8> ten(Ops tf, Operand<TUint8> image, int size) {
    Operand<TInt32> shape = tf.constant(new int[] {size, size, 3});
    Operand<TInt32> margins = tf.math.sub(tf.shape(image), shape);
    List<Operand<TUint8>> crops = new ArrayList<>();
    for (int[] place : PLACES) {
      Operand<TInt32> offsets =
          tf.math.floorDiv(tf.math.mul(margins, tf.constant(place)), tf.constant(2));
      crops.add(tf.slice(image, offsets, shape));
    }
    Operand<TUint8> five = tf.stack(crops);
    Operand<TUint8> mirrored = tf.reverse(five, tf.constant(new int[] {2}));
    return tf.concat(List.of(five, mirrored), tf.constant(0));
  }
}
