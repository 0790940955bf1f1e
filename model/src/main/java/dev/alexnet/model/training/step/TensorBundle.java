package dev.alexnet.model.training.step;

import dev.alexnet.model.training.step.Variables.Variable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
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
 * Writes the values of all variables and momenta into files and reads them back, in TensorFlow's
 * own format: any TensorFlow can list and load them by name ({@code tower0/conv1/weights}, {@code
 * …/momentum}).
 *
 * @param prefix fed: the files' common path prefix, scalar
 * @param names of the values, in the order of the two lists that follow
 * @param variables the present values, each on its tower's device
 * @param saved fed: the values to write, on the CPU
 */
record TensorBundle(
    Operand<TString> prefix,
    List<String> names,
    List<Operand<TFloat32>> variables,
    List<Operand<TFloat32>> saved,
    Op save,
    Op restore) {

  /**
   * @param tf a scope on the CPU
   */
  static TensorBundle of(Ops tf, Variables variables) {
    List<String> names = new ArrayList<>();
    List<Operand<TFloat32>> present = new ArrayList<>();
    List<Operand<TFloat32>> saved = new ArrayList<>();
    for (Variable variable : variables.all()) {
      String name = variable.parameter().name();
      Ops scope = variable.tf().withSubScope("snapshot");
      names.addAll(List.of(name, name + "/momentum"));
      for (VarHandleOp handle : List.of(variable.value(), variable.momentum())) {
        present.add(scope.readVariableOp(handle, TFloat32.class));
        saved.add(tf.placeholder(TFloat32.class));
      }
    }
    Operand<TString> prefix = tf.placeholder(TString.class);
    Operand<TString> nameTensor = strings(tf, names);
    Operand<TString> wholeTensors = strings(tf, Collections.nCopies(names.size(), ""));
    Op save =
        Save.create(tf.scope(), prefix, nameTensor, wholeTensors, new ArrayList<Operand<?>>(saved));

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
    return new TensorBundle(prefix, names, present, saved, save, restore);
  }

  private static Operand<TString> strings(Ops tf, List<String> values) {
    return tf.constant(NdArrays.vectorOfObjects(values.toArray(String[]::new)));
  }

  /**
   * @param values in the order of {@link #names}
   */
  void save(Session session, Path path, Result values) {
    Session.Runner runner = session.runner();
    for (int i = 0; i < saved.size(); i++) {
      runner.feed(saved.get(i), values.get(i));
    }
    run(runner, path, save);
  }

  void restore(Session session, Path path) {
    run(session.runner(), path, restore);
  }

  private void run(Session.Runner runner, Path path, Op target) {
    try (TString pathTensor = TString.scalarOf(path.toString())) {
      runner.feed(prefix, pathTensor).addTarget(target).run().close();
    }
  }
}
