package dev.alexnet.ops.job;

import dev.alexnet.infra.json.Json;
import java.util.Map;
import java.util.Set;
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
   * The settings that differ from those that a step was done with, in words; empty if none does. An
   * option that did not exist then differs only if it is given: its default is what happened.
   */
  static String changes(LedgerEntry entry, JobStep step) {
    Map<String, String> before = entry.settings();
    Map<String, String> now = of(step);
    Set<String> defaults = defaults(step);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .filter(name -> before.containsKey(name) || !defaults.contains(name))
        .filter(name -> !before.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
        .map(
            name ->
                String.format(
                    "%s was '%s' and is now '%s'",
                    name, before.getOrDefault(name, ""), now.getOrDefault(name, "")))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> defaults(JobStep step) {
    return step.settings().stream()
        .filter(setting -> setting.origin() == EffectiveSetting.Origin.DEFAULT)
        .map(EffectiveSetting::name)
        .collect(Collectors.toSet());
  }
}
