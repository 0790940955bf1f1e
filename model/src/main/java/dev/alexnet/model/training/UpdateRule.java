package dev.alexnet.model.training;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * How parameters follow their gradients (paper, section 5): {@code v ← m·v − ε·(g + d·w)}, {@code w
 * ← w + v}. The learning rate ε is inside the momentum, and only weights decay. A frozen layer
 * stays what it is: it neither decays nor coasts on its momentum.
 *
 * @param momentum m
 * @param weightDecay d, for weights; biases never decay
 * @param frozen names of layers
 */
record UpdateRule(double momentum, double weightDecay, Set<String> frozen) {
  static final UpdateRule PUBLISHED = new UpdateRule(0.9, 0.0005, Set.of());

  UpdateRule {
    new Problems("update rule")
        .require(momentum >= 0 && momentum < 1, "momentum is %s; it must be 0 to 1", momentum)
        .require(weightDecay >= 0, "weightDecay is %s; it must be at least 0", weightDecay)
        .throwIfAny();
    frozen = Set.copyOf(frozen);
  }

  /** The same for all layers but some. */
  UpdateRule freezing(Set<String> layers) {
    return new UpdateRule(momentum, weightDecay, layers);
  }

  /**
   * Builds the updates. None runs before every gradient of the step is there: then the old values
   * are no longer needed by anybody, and an update writes in place instead of copying.
   *
   * @param host a scope on the CPU
   * @param gradients by the parameter's name
   * @param weightRate learning rate of weights, scalar
   * @param biasRate learning rate of biases, scalar
   */
  List<Op> updates(
      Ops host,
      Variables variables,
      Map<String, Operand<TFloat32>> gradients,
      Operand<TFloat32> weightRate,
      Operand<TFloat32> biasRate) {
    List<Op> all = new ArrayList<>(gradients.values());
    Op gradientsReady = host.withControlDependencies(all).withName("gradients_ready").noOp();
    List<Op> updates = new ArrayList<>();
    for (Variables.Variable variable : variables.all()) {
      Parameter parameter = variable.parameter();
      if (frozen.contains(parameter.layer())) {
        continue;
      }
      Ops tf =
          variable.tf().withSubScope("update").withControlDependencies(List.of(gradientsReady));
      Operand<TFloat32> gradient = gradients.get(parameter.name());
      boolean decays = parameter.kind() == Parameter.Kind.WEIGHTS;
      if (decays) {
        gradient =
            tf.math.add(
                gradient, tf.math.mul(tf.constant((float) weightDecay), variable.readValue(tf)));
      }
      updates.add(
          tf.train.resourceApplyKerasMomentum(
              variable.value(),
              variable.momentum(),
              decays ? weightRate : biasRate,
              gradient,
              tf.constant((float) momentum)));
    }
    return updates;
  }
}
