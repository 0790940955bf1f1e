package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Refuses to mix work from different settings or inputs in one work directory. A step whose
 * directory was deleted has nothing to mix.
 */
final class ChangedWork {
  private final ObjectStore store;
  private final Location workdir;
  private final List<JobStep> steps;

  ChangedWork(ObjectStore store, Location workdir, List<JobStep> steps) {
    this.store = store;
    this.workdir = workdir;
    this.steps = steps;
  }

  /**
   * @throws Failure of kind OUTPUT_EXISTS that names every setting that differs, in all steps
   */
  void refuseOtherSettings(Ledger ledger) {
    List<String> differences = new ArrayList<>();
    JobStep firstChanged = null;
    for (JobStep step : steps) {
      Optional<LedgerEntry> entry = ledger.entry(step.name());
      Map<String, String> settings = JobRun.settingsOf(step);
      if (entry.isPresent()
          && !entry.get().settingsHash().equals(JobRun.hash(settings))
          && isBegun(step)) {
        differences.add(step.name() + ": " + differences(entry.get().settings(), settings));
        firstChanged = firstChanged == null ? step : firstChanged;
      }
    }
    if (firstChanged != null) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          workdir
              + " was made with other settings:\n  "
              + String.join("\n  ", differences)
              + wayOut(firstChanged));
    }
  }

  /**
   * @throws Failure of kind OUTPUT_EXISTS that names every input that differs
   */
  void refuseOtherInputs(LedgerEntry entry, JobStep step, Map<String, String> inputs) {
    TreeSet<String> places = new TreeSet<>(inputs.keySet());
    places.addAll(entry.inputs().keySet());
    places.removeIf(place -> inputs.getOrDefault(place, "").equals(entry.inputs().get(place)));
    places.removeIf(place -> place.startsWith(JobStep.GIVEN));
    if (places.isEmpty() || !isBegun(step)) {
      return;
    }
    throw new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        step.directory()
            + " was made from other inputs; these differ: "
            + String.join(", ", places)
            + wayOut(step));
  }

  /** A directory may be left of a step that was refused before it wrote anything. */
  private boolean isBegun(JobStep step) {
    return !store.objectsBelow(step.directory()).isEmpty();
  }

  private static String differences(Map<String, String> before, Map<String, String> now) {
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

  private String wayOut(JobStep firstChanged) {
    String directories =
        steps.subList(steps.indexOf(firstChanged), steps.size()).stream()
            .map(JobStep::directory)
            .filter(store::isDirectory)
            .map(Location::value)
            .collect(Collectors.joining(" "));
    return "\nUse another --workdir, or delete the changed work and what was made from it: "
        + (workdir.isCloud() ? "gcloud storage rm --recursive " : "")
        + directories;
  }
}
