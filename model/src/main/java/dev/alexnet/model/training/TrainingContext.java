package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What stays the same throughout a training: its settings, its inputs and its listeners.
 *
 * @param validation the set whose errors are measured; empty for none
 * @param initial layers that are copied from a trained network; empty for none
 * @param stopRequested asked after every step and every batch of a validation
 */
record TrainingContext(
    TrainingSettings settings,
    Dataset data,
    Optional<Dataset> validation,
    Optional<InitialLayers> initial,
    TrainingSchedule schedule,
    Trajectory trajectory,
    Progress progress,
    Consumer<String> notices,
    BooleanSupplier stopRequested) {

  TrainingContext {
    requireNonNull(settings, "settings is null");
    requireNonNull(data, "data is null");
    requireNonNull(validation, "validation is null");
    requireNonNull(initial, "initial is null");
    requireNonNull(schedule, "schedule is null");
    requireNonNull(trajectory, "trajectory is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(notices, "notices is null");
    requireNonNull(stopRequested, "stopRequested is null");
  }

  /** The training set, and the validation set if there is one. */
  List<Dataset> datasets() {
    return Stream.concat(Stream.of(data), validation.stream()).toList();
  }

  int classes() {
    return data.manifest().classes().size();
  }

  /** The loss of a network that guesses: ln(classes). */
  double chanceLoss() {
    return Math.log(classes());
  }

  long totalSteps() {
    return schedule.totalSteps();
  }

  long stepsPerEpoch() {
    return schedule.stepsPerEpoch();
  }

  WorkDirectory workdir() {
    return WorkDirectory.of(settings);
  }

  /** Where the model is exported to. */
  Location model() {
    return settings.workdir().resolve(Trainer.MODEL);
  }

  void note(String notice) {
    notices.accept(notice);
  }
}
