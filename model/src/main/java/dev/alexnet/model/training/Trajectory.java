package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.training.checkpoint.CheckpointState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that a training depends on. Two trainings with equal trajectories have equal weights
 * after every step.
 *
 * @param settings by name, including the hashes of the datasets
 */
record Trajectory(Map<String, String> settings) {
  private static final Set<String> LENGTH = Set.of("epochs", "steps");

  Trajectory {
    settings = new TreeMap<>(settings);
  }

  static Trajectory of(
      TrainingSettings settings,
      Dataset data,
      Optional<Dataset> validation,
      Optional<InitialLayers> initial) {
    LearningPlan plan = settings.plan();
    Map<String, String> trajectory = new TreeMap<>();
    trajectory.put("preset", settings.network().name());
    trajectory.put("epochs", Integer.toString(settings.epochs()));
    trajectory.put("steps", Long.toString(settings.steps()));
    trajectory.put("batch", Integer.toString(settings.batch()));
    trajectory.put("precision", SettingType.word(settings.precision()));
    trajectory.put("learning-rate", Double.toString(plan.startRate(settings.batch())));
    trajectory.put("schedule", SettingType.word(plan.schedule()));
    trajectory.put("warm-up", Double.toString(plan.warmUpEpochs()));
    trajectory.put("optimizer", SettingType.word(plan.optimizer()));
    trajectory.put("rates", plan.layerFactors(settings.network()).toString());
    trajectory.put("initial-model", initial.map(InitialLayers::identity).orElse("none"));
    trajectory.put("seed", Long.toString(settings.seed()));
    trajectory.putAll(additions(settings));
    trajectory.put("dataset", data.hash());
    validation.ifPresent(set -> trajectory.put(CheckpointState.VALIDATION, set.hash()));
    return new Trajectory(trajectory);
  }

  /**
   * Settings that have not always existed. Their defaults are what happened before, and are left
   * out, so that checkpoints and models of that time can be continued.
   */
  private static Map<String, String> additions(TrainingSettings settings) {
    LearningPlan plan = settings.plan();
    Map<String, String> additions = new TreeMap<>();
    if (plan.momentum() != LearningPlan.MOMENTUM.defaultValue()) {
      additions.put("momentum", Double.toString(plan.momentum()));
    }
    if (plan.weightDecay() != LearningPlan.WEIGHT_DECAY.defaultValue()) {
      additions.put("weight-decay", Double.toString(plan.weightDecay()));
    }
    if (settings.augmentation() != TrainingAugmentation.PUBLISHED) {
      additions.put("augmentation", SettingType.word(settings.augmentation()));
    }
    if (plan.schedule() == Schedule.EPOCHS
        && plan.release() != LearningPlan.RELEASE.defaultValue()) {
      additions.put("release", SettingType.word(plan.release()));
    }
    return additions;
  }

  /** The settings with those that are left out because they have their defaults, for people. */
  Map<String, String> hyperparameters(LearningPlan plan) {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("momentum", Double.toString(plan.momentum()));
    all.put("weight-decay", Double.toString(plan.weightDecay()));
    return all;
  }

  /** The hash of the validation set; empty if there is none. */
  String validationSet() {
    return settings.getOrDefault(CheckpointState.VALIDATION, "");
  }

  /**
   * Fails if a training was started with other settings. The length of a training and its
   * validation set may differ if the learning rates do not depend on them.
   *
   * @param what was started
   * @param then its settings
   * @throws Failure of the given kind that names each setting that differs
   */
  void requireSame(String what, Map<String, String> then, Failure.Kind kind) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(settings.keySet());
    Schedule schedule = LearningPlan.SCHEDULE.parse(settings.get("schedule"));
    if (!schedule.knowsTheEnd()) {
      names.removeAll(LENGTH);
    }
    if (!schedule.followsValidation()) {
      names.remove(CheckpointState.VALIDATION);
    }
    boolean lengthDiffers = false;
    for (String name : names) {
      String before = then.getOrDefault(name, "not set");
      String after = settings.getOrDefault(name, "not set");
      if (!before.equals(after)) {
        differences.add(name + " was " + before + " and is " + after);
        lengthDiffers |= LENGTH.contains(name);
      }
    }
    if (!differences.isEmpty()) {
      throw new Failure(
          kind,
          what
              + " was made with other settings: "
              + String.join("; ", differences)
              + (lengthDiffers
                  ? (" (the rates of the schedule '%s' depend on the training's length; it can be "
                          + "changed only with %s)")
                      .formatted(
                          settings.get("schedule"), String.join(" or ", Schedule.extensible()))
                  : "")
              + ". Use the earlier settings or another --workdir, or add '--resume never' to delete the checkpoints and the model and start "
              + "from the beginning");
    }
  }
}
