package dev.alexnet.model.training.step;

import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The parameters as variables of a session, each with its momentum, both on the device of their
 * tower. They are resource variables: a reader keeps the value that it read, so an update cannot
 * change a value that the backward pass uses.
 */
final class Variables implements ParameterValues {
  private final Map<String, Variable> byName = new LinkedHashMap<>();

  /**
   * A parameter with its momentum.
   *
   * @param tf a scope on the parameter's device
   * @param current the value, for fetching it
   */
  record Variable(
      Ops tf,
      Parameter parameter,
      VarHandleOp value,
      VarHandleOp momentum,
      Operand<TFloat32> current) {

    Operand<TFloat32> readValue(Ops scope) {
      return scope.readVariableOp(value, TFloat32.class);
    }
  }

  @Override
  public Operand<TFloat32> value(Ops tf, Parameter parameter) {
    Variable variable = byName.computeIfAbsent(parameter.name(), name -> variable(tf, parameter));
    return variable.readValue(tf);
  }

  private static Variable variable(Ops tf, Parameter parameter) {
    Ops scope =
        tf.withSubScope(parameter.layer() + "_" + parameter.kind().name().toLowerCase(Locale.ROOT));
    VarHandleOp value = handle(scope, parameter, parameter.name());
    VarHandleOp momentum = handle(scope, parameter, parameter.name() + "/momentum");
    return new Variable(
        scope, parameter, value, momentum, scope.readVariableOp(value, TFloat32.class));
  }

  private static VarHandleOp handle(Ops tf, Parameter parameter, String name) {
    return tf.varHandleOp(TFloat32.class, parameter.shape(), VarHandleOp.sharedName(name));
  }

  Variable named(String name) {
    return byName.get(name);
  }

  Collection<Variable> all() {
    return byName.values();
  }

  /** Whether all of a value is finite, by the parameter's name: scalars. */
  Map<String, Operand<TBool>> finite() {
    Map<String, Operand<TBool>> finite = new LinkedHashMap<>();
    for (Variable variable : all()) {
      Ops tf = variable.tf().withSubScope("finite");
      int[] axes = IntStream.range(0, variable.parameter().shape().numDimensions()).toArray();
      finite.put(
          variable.parameter().name(),
          tf.reduceAll(tf.math.isFinite(variable.current()), tf.constant(axes)));
    }
    return finite;
  }

  /** Sets every variable to its initial value, drawn from (seed, name), and its momentum to 0. */
  List<Op> initializers(long seed) {
    List<Op> assignments = new ArrayList<>();
    for (Variable variable : all()) {
      Ops tf = variable.tf().withSubScope("initial");
      Operand<TFloat32> zeros = tf.fill(tf.constant(variable.parameter().shape()), tf.constant(0f));
      assignments.add(
          tf.assignVariableOp(variable.value(), initialValue(tf, variable.parameter(), seed)));
      assignments.add(tf.assignVariableOp(variable.momentum(), zeros));
    }
    return assignments;
  }

  private static Operand<TFloat32> initialValue(Ops tf, Parameter parameter, long seed) {
    Operand<TInt64> shape = tf.constant(parameter.shape());
    if (parameter.deviation() == 0) {
      return tf.fill(shape, tf.constant((float) parameter.constant()));
    }
    CRC32C name = new CRC32C();
    name.update(parameter.name().getBytes(StandardCharsets.UTF_8));
    Operand<TFloat32> normal =
        tf.random.statelessRandomNormal(
            shape, tf.constant(new long[] {seed, name.getValue()}), TFloat32.class);
    return tf.math.mul(normal, tf.constant((float) parameter.deviation()));
  }
}
