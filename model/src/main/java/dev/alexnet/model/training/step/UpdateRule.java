package dev.alexnet.model.training.step;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How gradients update parameters (paper, section 5): {@code v ← m·v − ε·(g + d·w)}, {@code w ← w +
 * v}. The learning rate ε is inside the momentum, and only weights decay.
 *
 * <p>With a trust coefficient, ε of weights is multiplied by {@code trust · |w| / (|g| + d·|w|)}:
 * LARS (You, Gitman, Ginsburg 2017, equation 6), for batches of thousands. The norms are those of
 * one tower's part of a layer, so no further values are sent between devices.
 *
 * @param momentum m
 * @param weightDecay d, for weights; biases never decay
 * @param trust η of LARS; empty for plain momentum
 */
public record UpdateRule(double momentum, double weightDecay, OptionalDouble trust) {
  public static final UpdateRule PUBLISHED = new UpdateRule(0.9, 0.0005, OptionalDouble.empty());
  public static final UpdateRule LARS = new UpdateRule(0.9, 0.0005, OptionalDouble.of(0.001));

  public UpdateRule {
    new Problems("update rule")
        .require(momentum >= 0 && momentum < 1, "momentum is %s; it must be 0 to 1", momentum)
        .require(weightDecay >= 0, "weightDecay is %s; it must be at least 0", weightDecay)
        .throwIfAny();
  }

  /** The update of one parameter. If it is not run, neither value nor momentum changes. */
  record Update(Parameter parameter, Op operation) {}

  /**
   * Builds the updates. None runs before every gradient of the step is computed: then nothing needs
   * the old values any more, and an update writes in place instead of copying.
   *
   * @param host a scope on the CPU
   * @param gradients by the parameter's name
   * @param rates by the parameter's name: scalars
   */
  List<Update> updates(
      Ops host,
      Variables variables,
      Map<String, Operand<TFloat32>> gradients,
      Map<String, Operand<TFloat32>> rates) {
    List<Op> all = new ArrayList<>(gradients.values());
    Op gradientsReady = host.withControlDependencies(all).withName("gradients_ready").noOp();
    List<Update> updates = new ArrayList<>();
    for (Variables.Variable variable : variables.all()) {
      Parameter parameter = variable.parameter();
      Ops tf =
          variable.tf().withSubScope("update").withControlDependencies(List.of(gradientsReady));
      Operand<TFloat32> change = gradients.get(parameter.name());
      Operand<TFloat32> rate = rates.get(parameter.name());
      if (parameter.kind() == Parameter.Kind.WEIGHTS) {
        Operand<TFloat32> value = variable.readValue(tf);
        if (trust.isPresent()) {
          rate = tf.math.mul(rate, localRate(tf, value, change));
        }
        change = tf.math.add(change, tf.math.mul(tf.constant((float) weightDecay), value));
      }
      updates.add(
          new Update(
              parameter,
              tf.train.resourceApplyKerasMomentum(
                  variable.value(),
                  variable.momentum(),
                  rate,
                  change,
                  tf.constant((float) momentum))));
    }
    return updates;
  }

  /** It is 0 for values that are all 0, as in the formula. */
  private Operand<TFloat32> localRate(Ops tf, Operand<TFloat32> value, Operand<TFloat32> gradient) {
    Operand<TFloat32> size = norm(tf, value);
    Operand<TFloat32> slope =
        tf.math.add(norm(tf, gradient), tf.math.mul(tf.constant((float) weightDecay), size));
    return tf.math.mul(tf.constant((float) trust.getAsDouble()), tf.math.divNoNan(size, slope));
  }

  private static Operand<TFloat32> norm(Ops tf, Operand<TFloat32> values) {
    int[] axes = IntStream.range(0, values.shape().numDimensions()).toArray();
    return tf.linalg.euclideanNorm(values, tf.constant(axes));
  }
}
