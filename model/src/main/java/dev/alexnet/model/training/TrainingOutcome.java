package dev.alexnet.model.training;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.training.step.BatchResult;
import java.util.List;

/** How the loop ended. */
record TrainingOutcome(
    long steps,
    long resumedAt,
    BatchResult training,
    BatchResult validation,
    int classes,
    double rate,
    List<String> replacedOperations) {

  TrainingResult result(Location model, ArithmeticSummary arithmetic) {
    return new TrainingResult(
        model,
        steps,
        resumedAt,
        false,
        training.images() == 0 ? Double.NaN : training.meanLoss(),
        validation.images() == 0 ? Double.NaN : validation.top1Error(),
        validation.images() > 0 && BatchResult.hasTop5Error(classes)
            ? validation.top5Error()
            : Double.NaN,
        rate,
        arithmetic);
  }
}
