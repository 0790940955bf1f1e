package dev.alexnet.ops.planning;

import dev.alexnet.infra.json.Json;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.EffectiveSetting.Origin;
import dev.alexnet.ops.job.JobStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a job file with the value of every setting that a job file can have. */
public final class EffectiveJobFile {
  private static final String PLAIN = "[A-Za-z0-9_./][A-Za-z0-9_./-]*";

  private EffectiveJobFile() {}

  /** The YAML of steps, of which those of variants and of parts share a section. */
  public static String of(List<JobStep> steps) {
    StringBuilder yaml = new StringBuilder();
    List<String> above = List.of();
    for (JobStep step : sorted(steps)) {
      List<String> keys = keys(step);
      for (int depth = 0; depth < keys.size(); depth++) {
        if (depth >= above.size()
            || !keys.subList(0, depth + 1).equals(above.subList(0, depth + 1))) {
          yaml.append("  ".repeat(depth)).append(keys.get(depth)).append(":\n");
        }
      }
      above = keys;
      append(yaml, step, "  ".repeat(keys.size()));
    }
    return yaml.toString();
  }

  /** With the parts of a variant together; the order of the sections is that of the job. */
  private static List<JobStep> sorted(List<JobStep> steps) {
    Map<List<String>, List<JobStep>> together = new LinkedHashMap<>();
    for (JobStep step : steps) {
      CommandStep.Origin origin = ((CommandStep) step).origin();
      together
          .computeIfAbsent(
              List.of(origin.section(), origin.variant()), missing -> new ArrayList<>())
          .add(step);
    }
    return together.values().stream().flatMap(List::stream).toList();
  }

  private static List<String> keys(JobStep step) {
    CommandStep.Origin origin = ((CommandStep) step).origin();
    List<String> keys = new ArrayList<>(List.of(origin.section()));
    if (!origin.variant().isEmpty()) {
      keys.addAll(List.of(Variant.KEY, origin.variant()));
    }
    if (!origin.part().isEmpty()) {
      keys.add(origin.part());
    }
    return keys;
  }

  private static void append(StringBuilder yaml, JobStep step, String indent) {
    new TreeMap<>(((CommandStep) step).origin().references())
        .forEach((option, names) -> append(yaml, indent, option, names));
    for (EffectiveSetting setting : step.settings()) {
      if (setting.origin() != Origin.JOB && !setting.value().isEmpty()) {
        append(yaml, indent, setting.name(), setting.value());
      }
    }
  }

  private static void append(StringBuilder yaml, String indent, String name, String value) {
    yaml.append(indent).append(name).append(": ");
    yaml.append(value.matches(PLAIN) ? value : Json.line(value)).append('\n');
  }
}
