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
 * Keeps tensors on a device between runs: what one run puts there is for a later one to take.
 *
 * @param taken the tensor that was put there first; a run without any waits for ever
 * @param put puts another one behind those that are there
 * @param clear drops all that are there
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
    // What comes out has no shape, which the optimisations of the graph want to know.
    return new StagingArea<>(
        tf.ensureShape(unstage.values().get(0).expect(next.type()), next.shape()),
        Stage.create(tf.scope(), List.of(next), Stage.sharedName(name)),
        StageClear.create(tf.scope(), types, StageClear.sharedName(name)));
  }
}
