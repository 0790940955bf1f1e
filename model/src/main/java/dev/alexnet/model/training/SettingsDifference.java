package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Refuses to continue something with other settings than it was begun with. */
final class SettingsDifference {
  private SettingsDifference() {}

  /**
   * @throws Failure of the given kind that names each setting that differs
   */
  static void refuse(
      String what, Map<String, String> then, Map<String, String> now, Failure.Kind kind) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(then.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      String before = then.getOrDefault(name, "not set");
      String after = now.getOrDefault(name, "not set");
      if (!before.equals(after)) {
        differences.add(name + " was " + before + " and is " + after);
      }
    }
    if (!differences.isEmpty()) {
      throw new Failure(
          kind,
          what
              + " was made with other settings: "
              + String.join("; ", differences)
              + ". Use another --workdir, the settings of then, or --resume never to begin anew");
    }
  }
}
