package dev.alexnet.ops.job;

import dev.alexnet.infra.json.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The settings of a step that determine what it makes. Places that the job decides are left out, so
 * that a work directory can be moved; and so is what belongs to the machine, so that another one
 * can continue.
 */
final class StepSettings {
  private StepSettings() {}

  static Map<String, String> of(JobStep step) {
    Map<String, String> settings = new TreeMap<>();
    for (EffectiveSetting setting : step.settings()) {
      if (setting.origin() != EffectiveSetting.Origin.JOB && !setting.ofMachine()) {
        settings.put(setting.name(), setting.value());
      }
    }
    return settings;
  }

  static String hash(Map<String, String> settings) {
    return Fingerprint.ofText(Json.line(settings));
  }

  /** The settings that differ, in words; empty if none does. */
  static String differences(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .filter(name -> !before.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
        .map(
            name ->
                String.format(
                    "%s was '%s' and is now '%s'",
                    name, before.getOrDefault(name, ""), now.getOrDefault(name, "")))
        .collect(Collectors.joining(", "));
  }
}
