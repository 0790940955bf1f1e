package dev.alexnet.model.training;

import dev.alexnet.model.training.LearningRates.LayerRates;
import java.util.List;
import java.util.Map;

/**
 * What the original author typed by hand in the course of the training behind the paper's Table 1
 * (configuration 145-2010), as one table. The first convolution falls earlier than the others and
 * is then frozen; at its last fall colours are no longer disturbed. The biases' only fall is
 * recorded, its epoch is not: here it comes with the weights' second.
 */
final class PublishedEpochs {
  static final double ALL = 93;

  /**
   * The phases, in their order.
   *
   * @param from the epoch that it begins with
   * @param factors of the rates at the start
   * @param colour whether the colours of training images are disturbed
   */
  record Phase(double from, LearningRates factors, boolean colour) {}

  static final List<Phase> PHASES =
      List.of(
          phase(0, 1, 1, 1, 1, true),
          phase(23, 0.1, 1, 0.1, 1, true),
          phase(51, 0.01, 0.1, 0.01, 0.1, true),
          phase(68, 0.01, 0.1, 0.001, 0.1, false),
          phase(72, 0.01, 0.1, 0, 0, false),
          phase(78, 0.001, 0.1, 0, 0, false));

  private PublishedEpochs() {}

  private static Phase phase(
      double from,
      double weights,
      double biases,
      double firstWeights,
      double firstBiases,
      boolean colour) {
    Map<String, LayerRates> own = Map.of("conv1", new LayerRates(firstWeights, firstBiases));
    return new Phase(from, new LearningRates(weights, biases, own), colour);
  }

  /**
   * @param done the share of the training that is done, 0 to 1; a shorter or longer training has
   *     the same phases in proportion
   */
  static Phase at(double done) {
    Phase present = PHASES.get(0);
    for (Phase phase : PHASES) {
      if (done >= phase.from() / ALL) {
        present = phase;
      }
    }
    return present;
  }
}
