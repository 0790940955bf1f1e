package dev.alexnet.model.training;

import dev.alexnet.infra.settings.SettingsBuilder;
import java.util.function.UnaryOperator;

/** Builds the settings that determine how a training learns. */
interface LearningChoice extends UnaryOperator<SettingsBuilder<TrainingSettings>> {
  static LearningChoice of(double learningRate, Schedule schedule) {
    return builder ->
        builder.set(LearningPlan.LEARNING_RATE, learningRate).set(LearningPlan.SCHEDULE, schedule);
  }
}
