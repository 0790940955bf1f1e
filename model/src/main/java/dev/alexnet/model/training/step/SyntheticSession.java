package dev.alexnet.model.training.step;

import dev.alexnet.model.network.Placement;
import dev.alexnet.model.training.device.SessionConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The training graph with one random batch that stays on the towers' devices, and a separate matrix
 * product: measures a step without its input, and the peak rate of the machine.
 */
public final class SyntheticSession implements AutoCloseable {
  private static final float LARGEST_VALUE = 120;

  private final Graph graph;
  private final Session session;
  private final TrainingGraph training;
  private final List<Op> products = new ArrayList<>();
  private final long productOperations;

  public SyntheticSession(SessionPlan plan, int classes) {
    int batch = plan.batch();
    int inputSize = plan.network().inputSize();
    Placement placement = plan.placement();
    this.graph = new Graph();
    List<Op> initial = new ArrayList<>();
    try {
      Ops tf = Ops.create(graph);
      Ops host = Placement.onHost(tf).withSubScope("synthetic");
      Shape shape = Shape.of(batch, inputSize, inputSize, 3);
      Operand<TFloat32> uniform =
          host.random.statelessRandomUniform(
              host.constant(shape), host.constant(new long[] {1, 1}), TFloat32.class);
      Operand<TFloat32> drawn =
          host.math.mul(
              host.math.sub(uniform, host.constant(0.5f)), host.constant(2 * LARGEST_VALUE));
      List<Operand<TFloat32>> images =
          placement.onEach(
              host.withSubScope("images"), device -> kept(device, drawn, shape, initial));
      long[] labels = new long[batch];
      for (int i = 0; i < batch; i++) {
        labels[i] = i % classes;
      }
      Operand<TInt64> truth =
          kept(host.withSubScope("labels"), host.constant(labels), Shape.of(batch), initial);
      this.training =
          TrainingGraph.build(graph, plan, classes, new TrainingGraph.Batch(images, truth), null);
      int side = placement.towers().get(0).gpu() ? 8192 : 2048;
      for (int tower = 0; tower < placement.towers().size(); tower++) {
        Ops scope = placement.on(tf.withSubScope("product" + tower), tower);
        products.add(product(scope, plan.execution().precision().type(), side, initial));
      }
      this.productOperations = 2L * side * side * side * products.size();
      this.session = new Session(graph, SessionConfiguration.of(placement));
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
    initial.add(training.initialize());
    initialize(initial);
  }

  private void initialize(List<Op> initial) {
    Session.Runner runner = session.runner();
    initial.forEach(runner::addTarget);
    try {
      runner.run().close();
    } catch (RuntimeException e) {
      // Closing the graph alone would wait for its session forever.
      close();
      throw e;
    }
  }

  /** A variable, because TensorFlow folds constants. */
  private static <T extends TType> Operand<T> kept(
      Ops tf, Operand<T> value, Shape shape, List<Op> initial) {
    VarHandleOp handle =
        tf.varHandleOp(value.type(), shape, VarHandleOp.sharedName(tf.scope().makeOpName("kept")));
    initial.add(tf.assignVariableOp(handle, value));
    return tf.readVariableOp(handle, value.type());
  }

  private static <T extends TFloating> Op product(
      Ops tf, Class<T> type, int side, List<Op> initial) {
    Operand<TFloat32> drawn =
        tf.random.statelessRandomUniform(
            tf.constant(new int[] {side, side}), tf.constant(new long[] {2, 2}), TFloat32.class);
    Operand<T> matrix = kept(tf, tf.dtypes.cast(drawn, type), Shape.of(side, side), initial);
    return tf.linalg.matMul(matrix, matrix);
  }

  public void step(long step, LearningRates learning) {
    run(step, learning, RunOptions.getDefaultInstance());
  }

  public RunMetadata tracedStep(long step, LearningRates learning) {
    return run(
        step,
        learning,
        RunOptions.newBuilder()
            .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
            .setOutputPartitionGraphs(true)
            .build());
  }

  private RunMetadata run(long step, LearningRates learning, RunOptions options) {
    try (TInt64 stepTensor = TInt64.scalarOf(step);
        TFloat32 rates = TFloat32.vectorOf(training.ratesOfUpdates(learning))) {
      Session.Runner runner =
          training
              .withUpdates(session.runner(), learning)
              .setOptions(options)
              .feed(training.step(), stepTensor)
              .feed(training.rates(), rates)
              .fetch(training.loss().meanLoss());
      if (options.getTraceLevel() != RunOptions.TraceLevel.FULL_TRACE) {
        runner.run().close();
        return RunMetadata.getDefaultInstance();
      }
      try (var result = runner.runAndFetchMetadata()) {
        return result.getMetadata().orElseThrow();
      }
    }
  }

  /** Multiplies a square matrix by itself on the device of each tower, all at the same time. */
  public void matrixProduct() {
    Session.Runner runner = session.runner();
    products.forEach(runner::addTarget);
    runner.run().close();
  }

  /** Floating-point operations of {@link #matrixProduct}. */
  public long productOperations() {
    return productOperations;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
