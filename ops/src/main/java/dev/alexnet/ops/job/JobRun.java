package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.job.JobResult.StepResult;
import dev.alexnet.ops.job.LedgerEntry.State;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One run of a job, while it holds the work directory. */
final class JobRun {
  private final ObjectStore store;
  private final Clock clock;
  private final Console console;
  private final StepRunner runner;
  private final Location workdir;
  private final ChosenSteps chosen;
  private final StepExaminer examiner;
  private final BooleanSupplier stopRequested;
  private final ChangedWork changed;
  private final Redo redo;
  private final WorkdirNames names;
  private final LedgerFile ledgerFile;
  private Ledger ledger;

  /**
   * @param examiner which may know of some steps already that they are done
   */
  JobRun(
      ObjectStore store,
      Job.Tools tools,
      Location workdir,
      ChosenSteps chosen,
      StepExaminer examiner,
      BooleanSupplier stopRequested) {
    this.store = store;
    this.clock = tools.clock();
    this.console = tools.console();
    this.runner = tools.runner();
    this.workdir = workdir;
    this.chosen = chosen;
    this.examiner = examiner;
    this.stopRequested = stopRequested;
    this.changed = new ChangedWork(store, workdir, chosen.graph());
    this.redo = new Redo(store, tools.console(), workdir, chosen);
    this.names = new WorkdirNames(workdir);
    this.ledgerFile = new LedgerFile(store, workdir);
    this.ledger = ledgerFile.read();
  }

  JobResult run() {
    // This run holds the lock, so no other run is writing here.
    store.deleteAbandoned(workdir);
    redo.settle(ledger, this::write);
    refuseOtherSettings();
    chosen.requireUsedAreDone(ledger);
    requireMachine();
    if (chosen.redone().isEmpty() || redo.isUnderWay(ledger)) {
      return performSteps();
    }
    refuseBeforeRemoval();
    try {
      write(redo.begin(ledger));
      return performSteps();
    } catch (RuntimeException | Error e) {
      undoRedo(e);
      throw e;
    }
  }

  /** If this fails too, the next run does it. */
  private void undoRedo(Throwable reason) {
    try {
      redo.undo(ledger, this::write);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private void write(Ledger changed) {
    ledger = changed;
    ledgerFile.write(ledger);
  }

  /** The steps before a training can take hours that nobody should spend on the wrong machine. */
  private void requireMachine() {
    for (JobStep step : chosen.looked()) {
      if (chosen.redone().contains(step) || !ledger.isDone(step.name())) {
        step.requireMachine();
      }
    }
  }

  private JobResult performSteps() {
    List<StepResult> results = new ArrayList<>();
    for (JobStep step : chosen.looked()) {
      Map<String, String> inputs = inputsOf(step);
      Optional<LedgerEntry> earlier = ledger.entry(step.name());
      if (earlier.isPresent()) {
        Optional<Failure> refusal = changed.refusalOfInputs(earlier.get(), step, inputs);
        if (refusal.isPresent()) {
          throw refusal.get();
        }
      }
      // A step that was done with other ones is not refused here, but run again: its command knows
      // what differs, and whether that matters.
      inputs.putAll(step.givenInputs());
      String label = chosen.label(step);
      if (earlier.isPresent() && examiner.isDone(earlier.get(), step, label, inputs)) {
        step.confirmGivenInputs();
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
    if (!chosen.redone().isEmpty()
        || chosen.graph().steps().stream().allMatch(step -> ledger.isDone(step.name()))) {
      redo.finish();
    }
    return new JobResult(results);
  }

  /** What would be refused later on must not cost what was made. */
  private void refuseBeforeRemoval() {
    new Forecaster(store, console, workdir, chosen)
        .forecast()
        .refusal()
        .ifPresent(
            refusal -> {
              throw refusal;
            });
  }

  private void refuseOtherSettings() {
    Map<JobStep, String> differences = changed.changedSettings(ledger, chosen.kept());
    if (!differences.isEmpty()) {
      throw changed.refusal(differences);
    }
  }

  private Map<String, String> inputsOf(JobStep step) {
    return examiner
        .inputsOf(step)
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.INPUT_MISSING,
                    "What the step '%s' is made from was deleted; run the job with neither --only nor --from to make it again"
                        .formatted(step.name())));
  }

  private LedgerEntry perform(JobStep step, String label, Map<String, String> inputs) {
    boolean isBegun = changed.isBegun(step);
    Optional<LedgerEntry> earlier = ledger.entry(step.name());
    Map<String, String> settings = StepSettings.of(step);
    Instant started = clock.instant();
    record(
        new LedgerEntry(
            step.name(),
            State.RUNNING,
            StepSettings.hash(settings),
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
      if (isBegun && e.kind() == Failure.Kind.OUTPUT_EXISTS) {
        // The step left what is there as it was.
        earlier.ifPresent(this::record);
        throw changed.withWayOut(e, step);
      }
      forgetIfNothingWasWritten(step);
      throw e;
    }
    outcome.throwIfFailed();
    redo.deleteFormer(step);
    Instant finished = clock.instant();
    return record(
        new LedgerEntry(
            step.name(),
            State.DONE,
            StepSettings.hash(settings),
            settings,
            inputs,
            examiner.outputsOf(step),
            started.toString(),
            finished.toString(),
            Duration.between(started, finished).toMillis() / 1000.0,
            names.inText(outcome.summary()),
            names.inFacts(outcome.facts())));
  }

  /** A step that was refused before it wrote anything may be tried with other settings. */
  private void forgetIfNothingWasWritten(JobStep step) {
    Location directory = step.directory();
    if (store.objectsBelow(directory).isEmpty()) {
      if (directory.isCloud() || !Files.isSymbolicLink(directory.localPath())) {
        store.deleteDirectory(directory);
      }
      write(ledger.without(step.name()));
    }
  }

  private LedgerEntry record(LedgerEntry entry) {
    write(ledger.with(entry));
    return entry;
  }

  static StepResult result(LedgerEntry entry, boolean alreadyDone) {
    return new StepResult(
        entry.name(),
        alreadyDone,
        Duration.ofMillis(Math.round(entry.seconds() * 1000)),
        new StepOutcome(entry.summary(), entry.facts()));
  }
}
