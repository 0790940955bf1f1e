package dev.alexnet.model.arithmetic;

import dev.alexnet.model.kernel.Cast;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.network.ParameterValues;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.graph.LayerProbe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** A layer on a device, the same layer in float64, and the difference between the two. */
final class ProbeGraph implements AutoCloseable {
  /** How many images of a batch are also computed in float64, which is slower, and compared. */
  private static final int COMPARED = 4;

  private final LayerProbe probe;
  private final Graph graph = new Graph();
  private final Session session;
  private final Operand<TFloat32> input;
  private final Operand<TFloat32> sameInput;
  private final Operand<TFloat32> gradient;
  private final Operand<TInt32> images;
  private final Map<Parameter.Kind, Operand<TFloat32>> parameters =
      new EnumMap<>(Parameter.Kind.class);
  private final Map<Parameter.Kind, TFloat32> learned = new EnumMap<>(Parameter.Kind.class);
  private final List<Comparison> comparisons = new ArrayList<>();
  private final Operands operands;

  /** The error of one result of an operation. */
  private record Comparison(Pass pass, Operand<TFloat32> error) {}

  /**
   * @param passes that are built
   * @param execution on one device
   * @param configuration of the session that the network runs in
   */
  ProbeGraph(
      LayerProbe probe,
      List<Pass> passes,
      Execution execution,
      ConfigProto configuration,
      Operands operands) {
    this.probe = probe;
    this.operands = operands;
    try {
      Ops tf = Placement.onHost(Ops.create(graph));
      this.input = fed(tf, probe.inputShape(Shape.UNKNOWN_SIZE));
      this.sameInput = fed(tf, probe.inputShape(Shape.UNKNOWN_SIZE));
      this.images = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
      boolean backward = passes.stream().anyMatch(pass -> pass != Pass.FORWARD);
      this.gradient = backward ? fed(tf, probe.outputShape(Shape.UNKNOWN_SIZE)) : null;
      ParameterValues values =
          (scope, parameter) ->
              parameters.computeIfAbsent(parameter.kind(), kind -> fed(tf, parameter.shape()));
      Ops onDevice = execution.placement().on(tf, 0);
      LayerProbe.Results computed =
          probe.build(
              onDevice.withSubScope("computed"), execution, values, input, sameInput, gradient);
      LayerProbe.Results exact =
          probe.buildExact(
              tf.withSubScope("exact"),
              values,
              tf.gather(input, images, tf.constant(0)),
              backward ? tf.gather(gradient, images, tf.constant(0)) : null);
      for (Pass pass : passes) {
        compare(tf, pass, computed.byPass().get(pass), exact.byPass().get(pass));
        if (pass == Pass.FORWARD && computed.rectified().isPresent()) {
          compare(tf, pass, computed.rectified().get(), exact.rectified().orElseThrow());
        }
      }
      this.session = new Session(graph, configuration);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private static Operand<TFloat32> fed(Ops tf, Shape shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
  }

  private void compare(
      Ops tf,
      Pass pass,
      Operand<? extends TFloating> computed,
      Operand<? extends TFloating> exact) {
    boolean byImage = pass == Pass.FORWARD || pass == Pass.INPUT_GRADIENT;
    Operand<? extends TFloating> compared =
        byImage ? tf.gather(computed, images, tf.constant(0)) : computed;
    comparisons.add(new Comparison(pass, error(tf, compared, exact)));
  }

  /**
   * The largest difference, relative to the exact value and to the root mean square of all values.
   */
  private static Operand<TFloat32> error(
      Ops tf, Operand<? extends TFloating> computed, Operand<? extends TFloating> exact) {
    Operand<TInt32> flat = tf.constant(new int[] {-1});
    Operand<TInt32> all = tf.constant(new int[] {0});
    Operand<TFloat32> actual = tf.reshape(Cast.toFloat32(tf, computed), flat);
    Operand<TFloat32> expected = tf.reshape(Cast.toFloat32(tf, exact), flat);
    Operand<TFloat32> size = tf.math.sqrt(tf.math.mean(tf.math.square(expected), all));
    Operand<TFloat32> share =
        tf.math.div(
            tf.math.abs(tf.math.sub(actual, expected)), tf.math.add(tf.math.abs(expected), size));
    // A maximum may ignore NaN; a sum does not.
    Operand<TFloat32> nothing = tf.math.mul(tf.sum(share, all), tf.constant(0f));
    return tf.math.add(tf.reduceMax(share, all), nothing);
  }

  /**
   * Runs the layer.
   *
   * @param batch how many images it is given
   * @return the error of each operation; NaN if one of its results is NaN
   */
  Map<Pass, Double> errors(int batch) {
    int[] compared = spread(batch);
    try (TFloat32 inputTensor = operands.input(probe, batch);
        TInt32 imagesTensor = TInt32.vectorOf(compared);
        TFloat32 gradientTensor =
            gradient == null ? null : operands.gradient(probe.outputShape(batch), compared)) {
      Session.Runner runner =
          session
              .runner()
              .feed(input, inputTensor)
              .feed(sameInput, inputTensor)
              .feed(images, imagesTensor);
      if (gradient != null) {
        runner.feed(gradient, gradientTensor);
      }
      parameters.forEach(
          (kind, placeholder) ->
              runner.feed(
                  placeholder,
                  learned.computeIfAbsent(
                      kind, missing -> operands.parameter(kind, placeholder.shape()))));
      comparisons.forEach(comparison -> runner.fetch(comparison.error()));
      try (Result result = runner.run()) {
        return read(result);
      }
    }
  }

  private Map<Pass, Double> read(Result result) {
    Map<Pass, Double> largest = new EnumMap<>(Pass.class);
    for (int i = 0; i < comparisons.size(); i++) {
      double error = ((TFloat32) result.get(i)).getFloat();
      // Keeps NaN.
      largest.merge(comparisons.get(i).pass(), error, Math::max);
    }
    return largest;
  }

  /** The graph as TensorFlow gets it. */
  GraphDef definition() {
    return graph.toGraphDef();
  }

  /** Indices of images, evenly spread from the first to the last. */
  private static int[] spread(int batch) {
    int count = Math.min(batch, COMPARED);
    return IntStream.range(0, count)
        .map(i -> count == 1 ? 0 : i * (batch - 1) / (count - 1))
        .toArray();
  }

  @Override
  public void close() {
    learned.values().forEach(TFloat32::close);
    session.close();
    graph.close();
  }
}
