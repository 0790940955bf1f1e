package dev.alexnet.ops.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Which steps of a job are made from which others: a step is made from those whose outputs it
 * reads.
 */
final class StepGraph {
  private final List<JobStep> steps;

  /**
   * @param steps in an order in which each comes after those that it is made from
   */
  StepGraph(List<JobStep> steps) {
    this.steps = List.copyOf(steps);
  }

  List<JobStep> steps() {
    return steps;
  }

  /** These steps and all that are made from them, directly or not, in the order of the job. */
  List<JobStep> withMadeFrom(Collection<JobStep> some) {
    List<JobStep> found = new ArrayList<>();
    for (JobStep step : steps) {
      if (some.contains(step) || found.stream().anyMatch(before -> isMadeFrom(step, before))) {
        found.add(step);
      }
    }
    return found;
  }

  /** These steps and all that they are made from, directly or not, in the order of the job. */
  List<JobStep> withNeededFor(Collection<JobStep> some) {
    List<JobStep> found = new ArrayList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      JobStep step = steps.get(i);
      if (some.contains(step) || found.stream().anyMatch(after -> isMadeFrom(after, step))) {
        found.add(step);
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** Those of these steps that are not made from another of them. */
  List<JobStep> firstOf(Collection<JobStep> some) {
    return steps.stream()
        .filter(some::contains)
        .filter(
            step ->
                withNeededFor(List.of(step)).stream()
                    .noneMatch(needed -> needed != step && some.contains(needed)))
        .toList();
  }

  static boolean isMadeFrom(JobStep step, JobStep before) {
    return !Collections.disjoint(step.inputs(), before.outputs());
  }
}
