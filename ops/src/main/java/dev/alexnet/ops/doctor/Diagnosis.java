package dev.alexnet.ops.doctor;

import java.util.List;

/**
 * All that was found, and what to do next.
 *
 * @param checks in the order in which they were made
 * @param nextSteps sentences or commands to type, the first one first
 */
public record Diagnosis(List<Check> checks, List<String> nextSteps) {
  public Diagnosis {
    checks = List.copyOf(checks);
    nextSteps = List.copyOf(nextSteps);
  }

  public List<Check> problems() {
    return checks.stream().filter(check -> !check.isGood()).toList();
  }
}
