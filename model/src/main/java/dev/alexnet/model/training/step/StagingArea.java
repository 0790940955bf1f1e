package dev.alexnet.model.training.step;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stage;
import org.tensorflow.op.core.StageClear;
import org.tensorflow.op.core.Unstage;
import org.tensorflow.types.family.TType;

/**
 * Keeps tensors on a device between runs: one run puts them there, and a later one takes them.
 *
 * @param taken the oldest tensor; a run waits forever if there is none
 * @param put adds another tensor behind the others
 * @param clear drops all tensors
 */
record StagingArea<T extends TType>(Operand<T> taken, Op put, Op clear) {

  /**
   * @param tf a scope on the device, its name unique in the graph
   * @param next what is put there
   */
  static <T extends TType> StagingArea<T> of(Ops tf, Operand<T> next) {
    List<Class<? extends TType>> types = List.of(next.type());
    String name = tf.scope().makeOpName("area");
    Unstage unstage = Unstage.create(tf.scope(), types, Unstage.sharedName(name));
    // The output has no static shape, but graph optimisations need one.
    return new StagingArea<>(
        tf.ensureShape(unstage.values().get(0).expect(next.type()), next.shape()),
        Stage.create(tf.scope(), List.of(next), Stage.sharedName(name)),
        StageClear.create(tf.scope(), types, StageClear.sharedName(name)));
  }
}
