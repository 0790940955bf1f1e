package dev.alexnet.model.network.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A link between the towers. Forward, each consumer joins the outputs of all towers on its own
 * device; backward, each tower adds up on its own device the gradients of its part that the
 * consumers send back.
 */
final class CrossLink {
  private CrossLink() {}

  /** Joins the towers' outputs along their last dimension. */
  static <T extends TFloating> Operand<T> join(Ops consumer, List<Operand<T>> outputs, int rank) {
    return outputs.size() == 1
        ? outputs.get(0)
        : consumer.concat(outputs, consumer.constant(rank - 1));
  }

  /**
   * Splits the gradients of the joined tensor and adds up each tower's part.
   *
   * @param consumers a backward scope for each consumer, on its device
   * @param owners a backward scope for each tower, on its device
   * @param gradients of the joined tensor, one per consumer
   * @return the gradients of each tower's outputs
   */
  static <T extends TFloating> List<Operand<T>> split(
      List<Ops> consumers, List<Ops> owners, List<Operand<T>> gradients, int rank) {
    int towers = owners.size();
    List<List<Operand<T>>> parts = new ArrayList<>();
    for (int consumer = 0; consumer < gradients.size(); consumer++) {
      parts.add(slices(consumers.get(consumer), gradients.get(consumer), towers, rank));
    }
    List<Operand<T>> sums = new ArrayList<>();
    for (int tower = 0; tower < towers; tower++) {
      List<Operand<T>> own = new ArrayList<>();
      for (List<Operand<T>> part : parts) {
        own.add(part.get(tower));
      }
      sums.add(own.size() == 1 ? own.get(0) : owners.get(tower).math.addN(own));
    }
    return sums;
  }

  private static <T extends TFloating> List<Operand<T>> slices(
      Ops tf, Operand<T> gradient, int towers, int rank) {
    if (towers == 1) {
      return List.of(gradient);
    }
    List<Operand<T>> slices = new ArrayList<>();
    tf.split(tf.constant(rank - 1), gradient, (long) towers).output().forEach(slices::add);
    return slices;
  }
}
