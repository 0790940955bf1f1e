package dev.alexnet.model.training;

import dev.alexnet.infra.settings.SettingsBuilder;
import java.util.function.UnaryOperator;

/** Settings of a training that say how it learns. */
interface LearningChoice extends UnaryOperator<SettingsBuilder<TrainingSettings>> {
  static LearningChoice of(double learningRate, Schedule schedule) {
    return builder ->
        builder.set(LearningPlan.LEARNING_RATE, learningRate).set(LearningPlan.SCHEDULE, schedule);
  }
}
