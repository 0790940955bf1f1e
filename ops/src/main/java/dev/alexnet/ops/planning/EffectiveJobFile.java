package dev.alexnet.ops.planning;

import dev.alexnet.infra.json.Json;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.EffectiveSetting.Origin;
import dev.alexnet.ops.job.JobStep;
import java.util.List;

/** Writes a job file with the value of every setting that a job file can have. */
public final class EffectiveJobFile {
  private static final String PLAIN = "[A-Za-z0-9_./][A-Za-z0-9_./-]*";

  private EffectiveJobFile() {}

  /** The YAML of steps, of which those with a part in their name share a section. */
  public static String of(List<JobStep> steps) {
    StringBuilder yaml = new StringBuilder();
    String section = "";
    for (JobStep step : steps) {
      String[] name = step.name().split("-", 2);
      if (!name[0].equals(section)) {
        section = name[0];
        yaml.append(section).append(":\n");
      }
      boolean hasPart = name.length > 1;
      if (hasPart) {
        yaml.append("  ").append(name[1]).append(":\n");
      }
      append(yaml, step, hasPart ? "    " : "  ");
    }
    return yaml.toString();
  }

  private static void append(StringBuilder yaml, JobStep step, String indent) {
    for (EffectiveSetting setting : step.settings()) {
      if (setting.origin() != Origin.JOB && !setting.value().isEmpty()) {
        String value = setting.value();
        yaml.append(indent).append(setting.name()).append(": ");
        yaml.append(value.matches(PLAIN) ? value : Json.line(value)).append('\n');
      }
    }
  }
}
