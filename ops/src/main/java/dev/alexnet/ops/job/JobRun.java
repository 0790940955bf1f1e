package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.job.JobResult.StepResult;
import dev.alexnet.ops.job.LedgerEntry.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** One run of a job, while it holds the work directory. */
final class JobRun {
  private final ObjectStore store;
  private final Clock clock;
  private final Console console;
  private final StepRunner runner;
  private final Location workdir;
  private final List<JobStep> steps;
  private final BooleanSupplier stopRequested;
  private final WorkdirListing listing;
  // Of outputs that this run made or confirmed by the listing.
  private final Map<String, String> known = new TreeMap<>();
  private final LedgerFile ledgerFile;
  private Ledger ledger;

  JobRun(
      ObjectStore store,
      Clock clock,
      Console console,
      StepRunner runner,
      Location workdir,
      List<JobStep> steps,
      BooleanSupplier stopRequested) {
    this.store = store;
    this.clock = clock;
    this.console = console;
    this.runner = runner;
    this.workdir = workdir;
    this.steps = List.copyOf(steps);
    this.stopRequested = stopRequested;
    this.listing = new WorkdirListing(store, workdir);
    this.ledgerFile = new LedgerFile(store, workdir);
    this.ledger = ledgerFile.read();
  }

  JobResult run() {
    // This run holds the lock, so no other run is writing here.
    store.deleteAbandoned(workdir);
    ChangedWork changed = new ChangedWork(store, workdir, steps);
    changed.refuseOtherSettings(ledger);
    List<StepResult> results = new ArrayList<>();
    for (JobStep step : steps) {
      Map<String, String> inputs = fingerprints(step.name(), step.inputs());
      Optional<LedgerEntry> earlier = ledger.entry(step.name());
      if (earlier.isPresent()) {
        changed.refuseOtherInputs(earlier.get(), step, inputs);
      }
      // A step that was done with other ones is not refused here, but run again: its command knows
      // what differs, and whether that matters.
      inputs.putAll(step.givenInputs());
      String label = "[" + (results.size() + 1) + "/" + steps.size() + "] " + step.name();
      if (earlier.isPresent() && isDone(earlier.get(), step, label, inputs)) {
        console.err().println(label + ": already done");
        results.add(result(earlier.get(), true));
      } else if (stopRequested.getAsBoolean()) {
        throw new Failure(
            Failure.Kind.INTERRUPTED,
            "Stopped on request before the step '%s'; run the same command again to continue"
                .formatted(step.name()));
      } else {
        results.add(result(perform(step, label, inputs), false));
      }
    }
    return new JobResult(results);
  }

  private boolean isDone(
      LedgerEntry entry, JobStep step, String label, Map<String, String> inputs) {
    return entry.state() == State.DONE
        && entry.settingsHash().equals(hash(settingsOf(step)))
        && hasGivenInputs(entry, label, inputs)
        && (isAsListed(entry, step) || (isAsRecorded(entry, step) && isIntact(step, label)));
  }

  /**
   * Whether the inputs from outside of the job are those that the step was done with. Archives are
   * often deleted once they are converted, so what is missing counts as unchanged.
   */
  private boolean hasGivenInputs(LedgerEntry entry, String label, Map<String, String> inputs) {
    Set<String> missing = new TreeSet<>(entry.inputs().keySet());
    missing.removeAll(inputs.keySet());
    if (!missing.isEmpty()) {
      console.note(
          label
              + ": what "
              + String.join(", ", missing)
              + " names does not exist any more; it is taken to be unchanged");
    }
    return inputs.entrySet().stream()
        .allMatch(input -> input.getValue().equals(entry.inputs().get(input.getKey())));
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

  private LedgerEntry perform(JobStep step, String label, Map<String, String> inputs) {
    Map<String, String> settings = settingsOf(step);
    Instant started = clock.instant();
    record(
        new LedgerEntry(
            step.name(),
            State.RUNNING,
            hash(settings),
            settings,
            inputs,
            Map.of(),
            started.toString(),
            null,
            0,
            "",
            Map.of()));
    console.err().println(label);
    StepOutcome outcome;
    try (ProgressLine progress = console.progress(label)) {
      outcome = runner.run(step, progress);
    } catch (Failure e) {
      forgetIfNothingWasWritten(step);
      throw e;
    }
    outcome.throwIfFailed();
    Instant finished = clock.instant();
    return record(
        new LedgerEntry(
            step.name(),
            State.DONE,
            hash(settings),
            settings,
            inputs,
            outputsOf(step),
            started.toString(),
            finished.toString(),
            Duration.between(started, finished).toMillis() / 1000.0,
            outcome.summary(),
            outcome.facts()));
  }

  /** A step that was refused before it wrote anything may be tried with other settings. */
  private void forgetIfNothingWasWritten(JobStep step) {
    if (store.objectsBelow(step.directory()).isEmpty()) {
      store.deleteDirectory(step.directory());
      ledger = ledger.without(step.name());
      ledgerFile.write(ledger);
    }
  }

  private LedgerEntry record(LedgerEntry entry) {
    ledger = ledger.with(entry);
    ledgerFile.write(ledger);
    return entry;
  }

  private static StepResult result(LedgerEntry entry, boolean alreadyDone) {
    return new StepResult(
        entry.name(),
        alreadyDone,
        Duration.ofMillis(Math.round(entry.seconds() * 1000)),
        new StepOutcome(entry.summary(), entry.facts()));
  }

  private Map<String, String> outputsOf(JobStep step) {
    Map<String, String> outputs = fingerprints(step.name(), step.outputs());
    Fingerprint.ofObjects(store.objectsBelow(step.directory()))
        .ifPresent(
            hash -> {
              known.putAll(outputs);
              outputs.put(directoryOf(step), hash);
            });
    return outputs;
  }

  private Map<String, String> fingerprints(String step, List<Location> places) {
    Map<String, String> fingerprints = new TreeMap<>();
    for (Location place : places) {
      String name = placeOf(place);
      String fingerprint = known.get(name);
      fingerprints.put(name, fingerprint == null ? fingerprint(step, place) : fingerprint);
    }
    return fingerprints;
  }

  private String fingerprint(String step, Location place) {
    return Fingerprint.of(store, place)
        .orElseThrow(
            () -> new IllegalStateException(place + " of the step " + step + " does not exist"));
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

  /**
   * The settings that determine the content. Places that the job decides are left out, so that a
   * work directory can be moved; and so is what belongs to the machine, so that another one can
   * continue.
   */
  static Map<String, String> settingsOf(JobStep step) {
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
}
