package dev.alexnet.model.training.step;

import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.SoftmaxCrossEntropyWithLogits;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Multinomial logistic regression over a batch, and the number of images classified correctly.
 *
 * @param meanLoss scalar, the mean negative log-probability of the right class
 * @param logitsGradient {@code [batch, classes]}, of the mean loss
 * @param top1 scalar, how many images have their class first
 * @param top5 scalar, how many have it among the first five
 * @param images scalar, the batch's size
 */
record ClassificationLoss(
    Operand<TFloat32> meanLoss,
    Operand<TFloat32> logitsGradient,
    Operand<TFloat32> top1,
    Operand<TFloat32> top5,
    Operand<TFloat32> images) {

  /**
   * @param tf a scope on the device of the logits
   * @param logits {@code [batch, classes]}
   * @param labels {@code [batch]}, 0 to classes - 1
   */
  static ClassificationLoss of(
      Ops tf, Operand<TFloat32> logits, Operand<TInt64> labels, int classes) {
    Operand<TFloat32> truth =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    SoftmaxCrossEntropyWithLogits<TFloat32> loss =
        SoftmaxCrossEntropyWithLogits.create(tf.scope(), logits, truth);
    Operand<TFloat32> images = tf.dtypes.cast(tf.size(labels), TFloat32.class);
    Operand<TInt32> batchAxis = tf.constant(new int[] {0});
    return new ClassificationLoss(
        tf.math.div(tf.sum(loss.loss(), batchAxis), images),
        tf.math.div(loss.backprop(), images),
        fractionsCorrect(tf, logits, truth, 1),
        fractionsCorrect(tf, logits, truth, 5),
        images);
  }

  /**
   * A class that ties with others across the boundary of the first k counts as a fraction, the
   * number of slots left divided by the number of tied classes, as in the original program. NaN
   * ties with nothing, not even itself, and counts as 0.
   */
  private static Operand<TFloat32> fractionsCorrect(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> truth, int k) {
    Operand<TInt32> classAxis = tf.constant(new int[] {1});
    Operand<TFloat32> trueLogit =
        tf.sum(tf.math.mul(logits, truth), classAxis, org.tensorflow.op.core.Sum.keepDims(true));
    Operand<TFloat32> greater = count(tf, tf.math.greater(logits, trueLogit), classAxis);
    Operand<TFloat32> tied = count(tf, tf.math.equal(logits, trueLogit), classAxis);
    Operand<TFloat32> share = tf.math.divNoNan(tf.math.sub(tf.constant((float) k), greater), tied);
    Operand<TFloat32> credit =
        tf.math.maximum(tf.constant(0f), tf.math.minimum(tf.constant(1f), share));
    return tf.sum(credit, tf.constant(new int[] {0}));
  }

  private static Operand<TFloat32> count(Ops tf, Operand<TBool> holds, Operand<TInt32> axis) {
    return tf.sum(tf.dtypes.cast(holds, TFloat32.class), axis);
  }

  /** Fetches the numbers that {@link #read} needs. */
  void fetch(Session.Runner runner) {
    runner.fetch(images).fetch(meanLoss).fetch(top1).fetch(top5);
  }

  static BatchResult read(Result result) {
    return new BatchResult(
        (long) scalar(result, 0), scalar(result, 1), scalar(result, 2), scalar(result, 3));
  }

  private static double scalar(Result result, int index) {
    return ((TFloat32) result.get(index)).getFloat();
  }
}
