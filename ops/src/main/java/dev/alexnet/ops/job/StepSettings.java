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

  /**
   * The settings that differ from those that a step was begun with, in words; empty if none does. A
   * setting that an earlier version of this program did not have counts as not given then.
   */
  static String differences(LedgerEntry begun, JobStep step) {
    Map<String, String> before = begun.settings();
    Map<String, String> now = of(step);
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
