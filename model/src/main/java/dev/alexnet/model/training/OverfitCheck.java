package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.TrainingSession;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * Checks whether a network can overfit one batch. One that cannot will learn nothing from a million
 * images either, and this takes only a minute.
 */
final class OverfitCheck {
  /** By then nearly every image is classified correctly. */
  private static final double LEARNED = 0.1;

  private final TrainingSession session;
  private final LearningRates rates;
  private final double chanceLoss;
  private final long steps;

  /**
   * @param rates of all steps
   * @param chanceLoss of a network that has learned nothing: ln(classes)
   * @param steps at most
   */
  OverfitCheck(TrainingSession session, LearningRates rates, double chanceLoss, long steps) {
    this.session = session;
    this.rates = rates;
    this.chanceLoss = chanceLoss;
    this.steps = steps;
  }

  /**
   * @throws Failure of kind MISMATCH if there is only one class, so that there is nothing to learn
   */
  static void requireChoice(Dataset data) {
    if (data.manifest().classes().size() < 2) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          data.location()
              + " has only one class, so there is nothing to learn; give images of two or more");
    }
  }

  /**
   * Trains until the loss is a tenth of that of chance.
   *
   * @throws Failure of kind MISMATCH if that does not happen, NOT_FINITE if the loss is not finite,
   *     INTERRUPTED if a stop is requested
   */
  OverfitResult run(Progress progress, BooleanSupplier stopRequested) {
    session.variables().initialize();
    session.seek(0);
    session.holdNextBatch();
    double goal = LEARNED * chanceLoss;
    double first = 0;
    double loss = 0;
    for (long step = 0; step < steps; step++) {
      if (stopRequested.getAsBoolean()) {
        throw new Failure(
            Failure.Kind.INTERRUPTED,
            "Stopped as requested after step " + step + "; nothing is kept");
      }
      BatchResult result = session.step(step, rates);
      loss = result.meanLoss();
      first = step == 0 ? loss : first;
      if (!Double.isFinite(loss)) {
        throw new Failure(
            Failure.Kind.NOT_FINITE,
            "The loss of one batch is %s after %d steps. Give a --learning-rate below %s"
                .formatted(loss, step, rates.weights()));
      }
      progress.report(
          step + 1, steps, "steps", String.format(Locale.ROOT, "loss %.3f of %.3f", loss, goal));
      if (loss <= goal) {
        return new OverfitResult(step + 1, result.images(), first, loss, goal);
      }
    }
    throw failed(first, loss, goal);
  }

  private Failure failed(double first, double loss, double goal) {
    return new Failure(
        Failure.Kind.MISMATCH,
        String.format(
            Locale.ROOT,
            "The network does not learn one batch by heart: in %d steps the loss went from %.3f to"
                + " %.3f instead of %.3f. If it did not change, try ten times the "
                + "--learning-rate of %s;"
                + " if it jumped, a tenth; if it was still falling, more --steps. If nothing "
                + "helps, the same picture may have several labels, or the network is wrong",
            steps,
            first,
            loss,
            goal,
            rates.weights()));
  }
}
