package dev.alexnet.model.training;

import dev.alexnet.model.training.Variables.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.train.Restore;
import org.tensorflow.op.train.Save;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Writes all variables and momenta into files and reads them back, in TensorFlow's own format: any
 * TensorFlow can list and load them by name ({@code tower0/conv1/weights}, {@code …/momentum}).
 *
 * @param prefix fed: the files' common path, scalar
 */
record TensorBundle(Operand<TString> prefix, Op save, Op restore) {

  /**
   * @param tf a scope on the CPU
   */
  static TensorBundle of(Ops tf, Variables variables) {
    List<String> names = new ArrayList<>();
    List<Operand<?>> values = new ArrayList<>();
    for (Variable variable : variables.all()) {
      String name = variable.parameter().name();
      names.addAll(List.of(name, name + "/momentum"));
      values.add(tf.readVariableOp(variable.value(), TFloat32.class));
      values.add(tf.readVariableOp(variable.momentum(), TFloat32.class));
    }
    Operand<TString> prefix = tf.placeholder(TString.class);
    Operand<TString> nameTensor = strings(tf, names);
    Operand<TString> wholeTensors = strings(tf, Collections.nCopies(names.size(), ""));
    Op save = Save.create(tf.scope(), prefix, nameTensor, wholeTensors, values);

    List<Class<? extends TType>> types =
        new ArrayList<>(Collections.nCopies(names.size(), TFloat32.class));
    Restore restored = Restore.create(tf.scope(), prefix, nameTensor, wholeTensors, types);
    List<Op> assignments = new ArrayList<>();
    int next = 0;
    for (Variable variable : variables.all()) {
      Ops scope = variable.tf().withSubScope("restore");
      for (VarHandleOp handle : List.of(variable.value(), variable.momentum())) {
        assignments.add(scope.assignVariableOp(handle, restored.tensors().get(next++)));
      }
    }
    Op restore = tf.withControlDependencies(assignments).withName("restore").noOp();
    return new TensorBundle(prefix, save, restore);
  }

  private static Operand<TString> strings(Ops tf, List<String> values) {
    return tf.constant(NdArrays.vectorOfObjects(values.toArray(String[]::new)));
  }

  void save(Session session, Path path) {
    run(session, path, save);
  }

  void restore(Session session, Path path) {
    run(session, path, restore);
  }

  private void run(Session session, Path path, Op target) {
    try (TString pathTensor = TString.scalarOf(path.toString())) {
      session.runner().feed(prefix, pathTensor).addTarget(target).run().close();
    }
  }
}
