package dev.alexnet.ops.doctor;

import dev.alexnet.ops.kernel.CheckedKernel;
import java.util.List;

/**
 * All that was found, and what to do next.
 *
 * @param checks in the order in which they were made
 * @param kernels every operation of the presets, compared with float64; empty if none was asked for
 * @param nextSteps sentences or commands to type, the first one first
 */
public record Diagnosis(List<Check> checks, List<CheckedKernel> kernels, List<String> nextSteps) {
  public Diagnosis {
    checks = List.copyOf(checks);
    kernels = List.copyOf(kernels);
    nextSteps = List.copyOf(nextSteps);
  }

  public List<Check> problems() {
    return checks.stream().filter(check -> !check.isGood()).toList();
  }
}
