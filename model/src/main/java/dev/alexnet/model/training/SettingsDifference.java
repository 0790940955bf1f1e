package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses to continue something with other settings than it was begun with. The length of a
 * training and its validation set are none of them where the learning rates do not depend on them.
 */
final class SettingsDifference {
  /** The name of the validation set's hash among the settings. */
  static final String VALIDATION = "validation";

  private static final Set<String> LENGTH = Set.of("epochs", "steps");

  private SettingsDifference() {}

  /**
   * @throws Failure of the given kind that names each setting that differs
   */
  static void refuse(
      String what, Map<String, String> then, Map<String, String> now, Failure.Kind kind) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    Schedule schedule = LearningPlan.SCHEDULE.parse(now.get("schedule"));
    if (!schedule.knowsTheEnd()) {
      names.removeAll(LENGTH);
    }
    if (!schedule.followsValidation()) {
      names.remove(VALIDATION);
    }
    boolean lengthDiffers = false;
    for (String name : names) {
      String before = then.getOrDefault(name, "not set");
      String after = now.getOrDefault(name, "not set");
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
                  ? " (the rates of the schedule '%s' follow from the training's length; only with %s can it be changed)"
                      .formatted(now.get("schedule"), String.join(" or ", Schedule.extensible()))
                  : "")
              + ". Use another --workdir, the settings of then, or --resume never to begin anew");
    }
  }
}
