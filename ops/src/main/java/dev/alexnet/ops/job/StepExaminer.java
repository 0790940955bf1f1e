package dev.alexnet.ops.job;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what a work directory holds of each step with what the ledger says of it. Writes
 * nothing.
 */
final class StepExaminer {
  static final String UNFINISHED = "begun, but not finished";
  static final String LOST_OR_DAMAGED = "something that it made is lost or damaged";

  private final ObjectStore store;
  private final Console console;
  private final Location workdir;
  private final WorkdirListing listing;
  // Of outputs that this run made or confirmed by the listing.
  private final Map<String, String> known = new TreeMap<>();
  private final Set<String> announced = new HashSet<>();

  StepExaminer(ObjectStore store, Console console, Location workdir) {
    this.store = store;
    this.console = console;
    this.workdir = workdir;
    this.listing = new WorkdirListing(store, workdir);
  }

  /**
   * The fingerprints of what a step reads of earlier steps.
   *
   * @return empty if something does not exist
   */
  Optional<Map<String, String>> inputsOf(JobStep step) {
    return fingerprints(step.inputs());
  }

  /** The fingerprints of what a step has made just now. */
  Map<String, String> outputsOf(JobStep step) {
    step.outputs().forEach(output -> known.remove(placeOf(output)));
    Map<String, String> outputs =
        fingerprints(step.outputs())
            .orElseThrow(
                () -> new IllegalStateException("The step " + step.name() + " made less than all"));
    Fingerprint.ofObjects(store.objectsBelow(step.directory()))
        .ifPresent(
            hash -> {
              known.putAll(outputs);
              outputs.put(directoryOf(step), hash);
            });
    return outputs;
  }

  /**
   * Whether a step is done, which is said once. Reads what it made, unless the store knows the
   * checksums.
   *
   * @param inputs of both kinds
   */
  boolean isDone(LedgerEntry entry, JobStep step, String label, Map<String, String> inputs) {
    if (whyNotDone(entry, step, label, inputs).isPresent()
        || !(announced.contains(step.name()) || isAsListed(entry, step) || isIntact(step, label))) {
      return false;
    }
    if (announced.add(step.name())) {
      console.err().println(label + ": already done");
    }
    return true;
  }

  /** Why a step is not done, as far as that is known without reading all that it made. */
  Optional<String> whyNotDone(
      LedgerEntry entry, JobStep step, String label, Map<String, String> inputs) {
    if (!entry.isDone()) {
      return Optional.of(UNFINISHED);
    }
    String changes = StepSettings.changes(entry, step);
    if (!changes.isEmpty()) {
      return Optional.of(changes);
    }
    Set<String> changed = changedGivenInputs(entry, step, label, inputs);
    if (!changed.isEmpty()) {
      return Optional.of("what " + String.join(", ", changed) + " names has changed");
    }
    return isAsListed(entry, step) || isAsRecorded(entry, step)
        ? Optional.empty()
        : Optional.of(LOST_OR_DAMAGED);
  }

  /** The places of earlier steps that a step reads and that are not as they were, by name. */
  static Set<String> changedInputs(LedgerEntry entry, Map<String, String> inputs) {
    Set<String> places = new TreeSet<>(inputs.keySet());
    places.addAll(entry.inputs().keySet());
    places.removeIf(place -> inputs.getOrDefault(place, "").equals(entry.inputs().get(place)));
    places.removeIf(place -> place.startsWith(JobStep.GIVEN));
    return places;
  }

  /**
   * The inputs from outside of the job that are not those that the step was done with. Archives are
   * often deleted once they are converted, so what is missing counts as unchanged.
   */
  private Set<String> changedGivenInputs(
      LedgerEntry entry, JobStep step, String label, Map<String, String> inputs) {
    Set<String> missing = new TreeSet<>(entry.inputs().keySet());
    missing.removeAll(inputs.keySet());
    if (!missing.isEmpty() && !announced.contains(step.name())) {
      console.note(
          label
              + ": what "
              + String.join(", ", missing)
              + " names does not exist any more; it is taken to be unchanged");
    }
    Set<String> changed = new TreeSet<>(inputs.keySet());
    changed.removeIf(place -> inputs.get(place).equals(entry.inputs().get(place)));
    return changed;
  }

  /** Whether the store's listing shows the checksums that it showed when the step was done. */
  private boolean isAsListed(LedgerEntry entry, JobStep step) {
    String directory = directoryOf(step);
    String recorded = entry.outputs().get(directory);
    if (recorded == null || !listing.confirms(directory, recorded)) {
      return false;
    }
    known.putAll(entry.outputs());
    return true;
  }

  private boolean isAsRecorded(LedgerEntry entry, JobStep step) {
    return step.outputs().stream()
        .allMatch(
            output ->
                Fingerprint.of(store, output)
                    .equals(Optional.ofNullable(entry.outputs().get(placeOf(output)))));
  }

  private boolean isIntact(JobStep step, String label) {
    try (ProgressLine progress = console.progress(label)) {
      return step.isIntact(progress);
    }
  }

  private Optional<Map<String, String>> fingerprints(List<Location> places) {
    Map<String, String> fingerprints = new TreeMap<>();
    for (Location place : places) {
      String name = placeOf(place);
      Optional<String> fingerprint =
          known.containsKey(name) ? Optional.of(known.get(name)) : Fingerprint.of(store, place);
      if (fingerprint.isEmpty()) {
        return Optional.empty();
      }
      fingerprints.put(name, fingerprint.get());
    }
    return Optional.of(fingerprints);
  }

  private String directoryOf(JobStep step) {
    return placeOf(step.directory()) + "/";
  }

  private String placeOf(Location location) {
    String prefix = workdir.value() + "/";
    return location.value().startsWith(prefix)
        ? location.value().substring(prefix.length())
        : location.value();
  }
}
