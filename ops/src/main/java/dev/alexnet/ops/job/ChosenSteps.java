package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The steps of a job that a run looks at, and those that it makes anew. */
final class ChosenSteps {
  private final StepGraph graph;
  private final List<JobStep> looked;
  private final List<JobStep> named;
  private final List<JobStep> redone;

  /**
   * @throws Failure of kind USAGE if the selection names a step that the job does not have, or
   *     leaves out one that it wants anew
   */
  ChosenSteps(List<JobStep> steps, StepSelection selection) {
    graph = new StepGraph(steps);
    looked = new ArrayList<>(steps);
    if (!selection.from().isEmpty()) {
      looked.retainAll(steps.subList(first(named("--from", selection.from())), steps.size()));
    }
    if (!selection.only().isEmpty()) {
      looked.retainAll(named("--only", selection.only()));
    }
    named = named("--redo", selection.redo());
    for (JobStep step : named) {
      if (!looked.contains(step)) {
        throw usage("--redo names '%s', which --only or --from leaves out", step.name());
      }
    }
    redone = new ArrayList<>(graph.withMadeFrom(named));
    redone.retainAll(looked);
    if (looked.isEmpty()) {
      throw usage("--only and --from leave out every step of the job");
    }
  }

  /** In the order of the job. */
  List<JobStep> looked() {
    return Collections.unmodifiableList(looked);
  }

  /** Also what is made from a step that is asked for, as far as the run looks at it. */
  List<JobStep> redone() {
    return Collections.unmodifiableList(redone);
  }

  /** Whether a step is asked for anew itself, and not because of what it is made from. */
  boolean isNamedForRedo(JobStep step) {
    return named.contains(step);
  }

  /** What the run uses without looking at it: earlier steps that those are made from. */
  List<JobStep> used() {
    List<JobStep> used = new ArrayList<>(graph.withNeededFor(looked));
    used.removeAll(looked);
    return used;
  }

  /** What the run uses or looks at, and does not make anew. */
  List<JobStep> kept() {
    List<JobStep> kept = used();
    kept.addAll(looked);
    kept.removeAll(redone);
    return kept;
  }

  /**
   * @throws Failure of kind INPUT_MISSING if a step that is used is not done
   */
  void requireUsedAreDone(Ledger ledger) {
    List<String> missing =
        used().stream()
            .map(JobStep::name)
            .filter(name -> ledger.entry(name).stream().noneMatch(LedgerEntry::isDone))
            .toList();
    if (!missing.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "Not done yet: %s, from which %s %s made; run the job with neither --only nor --from"
              .formatted(
                  String.join(", ", missing),
                  String.join(", ", looked.stream().map(JobStep::name).toList()),
                  looked.size() == 1 ? "is" : "are"));
    }
  }

  /** A step's name after its place in this run. */
  String label(JobStep step) {
    return "[%d/%d] %s".formatted(looked.indexOf(step) + 1, looked.size(), step.name());
  }

  StepGraph graph() {
    return graph;
  }

  private int first(List<JobStep> named) {
    return graph.steps().indexOf(named.get(0));
  }

  private List<JobStep> named(String option, String name) {
    return named(option, List.of(name));
  }

  private List<JobStep> named(String option, List<String> names) {
    Set<JobStep> found = new LinkedHashSet<>();
    for (String name : names) {
      List<JobStep> ofName = graph.steps().stream().filter(step -> isCalled(step, name)).toList();
      if (ofName.isEmpty()) {
        throw usage(
            "%s: the job has no step '%s'%s; its steps are %s",
            option,
            name,
            Suggestion.forWord(name, namesOf(graph.steps())),
            String.join(", ", graph.steps().stream().map(JobStep::name).toList()));
      }
      found.addAll(ofName);
    }
    return List.copyOf(found);
  }

  private static boolean isCalled(JobStep step, String name) {
    return step.name().equals(name) || step.name().startsWith(name + "-");
  }

  private static Set<String> namesOf(List<JobStep> steps) {
    Set<String> names = new TreeSet<>();
    steps.forEach(step -> names.add(step.name()));
    return names;
  }

  private static Failure usage(String message, Object... values) {
    return new Failure(Failure.Kind.USAGE, message.formatted(values));
  }
}
