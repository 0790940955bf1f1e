package dev.alexnet.model.training;

import dev.alexnet.model.network.PublishedRateDrops;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.LearningRates.LayerRates;
import java.util.List;
import java.util.Map;

/**
 * What the original author changed by hand during a training, as one table. The rate of the first
 * convolution drops earlier than the others and is then frozen; at its last drop the colour noise
 * ends.
 *
 * @param phases in their order
 * @param end of the training, in epochs
 */
record PublishedEpochs(List<Phase> phases, double end) {
  private static final String FIRST_LAYER = "conv1";

  /**
   * A period in which the rates do not change.
   *
   * @param from the first epoch of the phase
   * @param factors of the rates at the start
   * @param colour whether colour noise is added to training images
   */
  record Phase(double from, LearningRates factors, boolean colour) {}

  static PublishedEpochs of(PublishedRateDrops drops) {
    boolean neverEnds = drops.firstLayer() == drops.frozen();
    return new PublishedEpochs(
        List.of(
            phase(0, 1, 1, new LayerRates(1, 1), true),
            phase(drops.tenth(), 0.1, 1, new LayerRates(0.1, 1), true),
            phase(drops.hundredth(), 0.01, 0.1, new LayerRates(0.01, 0.1), true),
            phase(drops.firstLayer(), 0.01, 0.1, new LayerRates(0.001, 0.1), false),
            phase(drops.frozen(), 0.01, 0.1, new LayerRates(0, 0), neverEnds),
            phase(drops.thousandth(), 0.001, 0.1, new LayerRates(0, 0), neverEnds)),
        drops.end());
  }

  private static Phase phase(
      double from, double weights, double biases, LayerRates first, boolean colour) {
    return new Phase(from, new LearningRates(weights, biases, Map.of(FIRST_LAYER, first)), colour);
  }

  /**
   * @param done the share of the training that is done, 0 to 1; a shorter or longer training has
   *     the same phases in proportion
   */
  Phase at(double done) {
    Phase present = phases.get(0);
    for (Phase phase : phases) {
      if (done >= phase.from() / end) {
        present = phase;
      }
    }
    return present;
  }
}
