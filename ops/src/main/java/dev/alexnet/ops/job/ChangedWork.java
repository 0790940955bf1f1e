package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses to mix work from different settings or inputs in one work directory. A step whose
 * directory was deleted has nothing to mix.
 */
final class ChangedWork {
  private final ObjectStore store;
  private final Location workdir;
  private final StepGraph graph;

  ChangedWork(ObjectStore store, Location workdir, StepGraph graph) {
    this.store = store;
    this.workdir = workdir;
    this.graph = graph;
  }

  /** In words, what differs from the settings that a step was begun with. */
  Map<JobStep, String> changedSettings(Ledger ledger, Collection<JobStep> steps) {
    Map<JobStep, String> changed = new LinkedHashMap<>();
    for (JobStep step : steps) {
      Optional<LedgerEntry> entry = ledger.entry(step.name());
      String changes = entry.map(begun -> StepSettings.changes(begun, step)).orElse("");
      if (!changes.isEmpty() && isBegun(step)) {
        changed.put(step, changes);
      }
    }
    return changed;
  }

  /**
   * @param changed from {@link #changedSettings}
   * @return of kind OUTPUT_EXISTS, which names every setting that differs, in all steps
   */
  Failure refusal(Map<JobStep, String> changed) {
    List<String> differences = new ArrayList<>();
    changed.forEach((step, difference) -> differences.add(step.name() + ": " + difference));
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        workdir
            + " was made with other settings:\n  "
            + String.join("\n  ", differences)
            + wayOut(changed.keySet()));
  }

  /** If inputs of a begun step differ, the refusal that names them. */
  Optional<Failure> refusalOfInputs(LedgerEntry entry, JobStep step, Map<String, String> inputs) {
    Set<String> places = StepExaminer.changedInputs(entry, inputs);
    return places.isEmpty() || !isBegun(step)
        ? Optional.empty()
        : Optional.of(
            new Failure(
                Failure.Kind.OUTPUT_EXISTS,
                step.directory()
                    + " was made from other inputs; these differ: "
                    + String.join(", ", places)
                    + wayOut(List.of(step))));
  }

  /** Says after a refusal by the step itself that the job can make it anew, not what it advises. */
  Failure withWayOut(Failure refusal, JobStep step) {
    return new Failure(refusal.kind(), refusal.problem() + wayOut(List.of(step)), refusal);
  }

  /** A directory may be left of a step that was refused before it wrote anything. */
  boolean isBegun(JobStep step) {
    return !store.objectsBelow(step.directory()).isEmpty();
  }

  private String wayOut(Collection<JobStep> changed) {
    List<JobStep> stale = graph.withMadeFrom(changed).stream().filter(this::isBegun).toList();
    return "\nThis makes stale: %s\nAdd --redo %s to make that anew, or use another --workdir"
        .formatted(names(stale, ", "), names(graph.firstOf(changed), ","));
  }

  private static String names(List<JobStep> steps, String separator) {
    return steps.stream().map(JobStep::name).collect(Collectors.joining(separator));
  }
}
