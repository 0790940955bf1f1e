package dev.alexnet.model.training.step;

import static java.util.Objects.requireNonNull;

import dev.alexnet.model.network.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The parameters and momenta of a session: sets, saves, restores and reads them. */
public final class SessionVariables {
  private final Session session;
  private final TrainingGraph training;
  private final Map<String, Operand<TBool>> finite;

  /**
   * @param finite whether all of a parameter is finite, by its name
   */
  SessionVariables(Session session, TrainingGraph training, Map<String, Operand<TBool>> finite) {
    this.session = requireNonNull(session, "session is null");
    this.training = requireNonNull(training, "training is null");
    this.finite = finite;
  }

  public void initialize() {
    session.runner().addTarget(training.initialize()).run().close();
  }

  /** All parameters, layer by layer. */
  public List<Parameter> parameters() {
    return training.variables().all().stream().map(Variables.Variable::parameter).toList();
  }

  /** Gives a parameter another value; its momentum stays. */
  public void assign(Parameter parameter, FloatNdArray value) {
    Variables.Variable variable = training.variables().named(parameter.name());
    Ops scope = variable.tf().withSubScope("assign");
    Operand<TFloat32> fed = scope.placeholder(TFloat32.class);
    Op assignment = scope.assignVariableOp(variable.value(), fed);
    try (TFloat32 tensor = TFloat32.tensorOf(value)) {
      session.runner().feed(fed, tensor).addTarget(assignment).run().close();
    }
  }

  /** The present values of all variables. */
  public Snapshot snapshot() {
    return new SessionSnapshot(session, training.bundle());
  }

  public void restore(Path path) {
    training.bundle().restore(session, path);
  }

  /** The names of the parameters that have a value that is not finite. */
  public List<String> notFinite() {
    List<String> names = new ArrayList<>();
    Session.Runner runner = session.runner();
    finite.values().forEach(runner::fetch);
    try (Result result = runner.run()) {
      int index = 0;
      for (String name : finite.keySet()) {
        if (!((TBool) result.get(index++)).getBoolean()) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /** The present value of a parameter, in the order of its shape. */
  public float[] value(Parameter parameter) {
    Operand<TFloat32> current = training.variables().named(parameter.name()).current();
    try (Result result = session.runner().fetch(current).run()) {
      float[] values = new float[Math.toIntExact(parameter.size())];
      ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values, false, false));
      return values;
    }
  }
}
