package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.FreeSpace;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.Forecast.State;
import dev.alexnet.ops.job.Forecast.StepForecast;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Finds what a run would do, step by step, without writing anything. */
final class Forecaster {
  private final ObjectStore store;
  private final Location workdir;
  private final ChosenSteps chosen;
  private final StepExaminer examiner;
  private final ChangedWork changed;
  private final Ledger ledger;
  private final List<JobStep> redone;
  private final List<JobStep> stale = new ArrayList<>();
  private final List<JobStep> open = new ArrayList<>();
  private Optional<Failure> refusal = Optional.empty();

  Forecaster(ObjectStore store, Console console, Location workdir, ChosenSteps chosen) {
    this.store = store;
    this.workdir = workdir;
    this.chosen = chosen;
    this.examiner = new StepExaminer(store, console, workdir);
    this.changed = new ChangedWork(store, workdir, chosen.graph());
    this.ledger = Ledger.in(store, workdir);
    this.redone =
        new Redo(store, console, workdir, chosen).isUnderWay(ledger) ? List.of() : chosen.redone();
  }

  Forecast forecast() {
    Map<JobStep, String> differences = changed.changedSettings(ledger, chosen.kept());
    if (!differences.isEmpty()) {
      refusal = Optional.of(changed.refusal(differences));
    }
    chosen.requireUsedAreDone(ledger);
    List<StepForecast> steps = new ArrayList<>();
    for (JobStep step : chosen.looked()) {
      Optional<LedgerEntry> entry = ledger.entry(step.name());
      StepForecast forecast =
          redone.contains(step)
              ? redone(step, entry)
              : differences.containsKey(step)
                  ? of(step, entry, State.STALE, differences.get(step))
                  : kept(step, entry);
      if (forecast.state() == State.TO_DO) {
        forecast = required(step, entry, forecast);
      }
      if (forecast.state() != State.DONE) {
        (forecast.state() == State.STALE ? stale : open).add(step);
      }
      steps.add(forecast);
    }
    return new Forecast(steps, refusal, freeBytes());
  }

  private OptionalLong freeBytes() {
    if (workdir.isCloud()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(FreeSpace.near(workdir.localPath()));
    } catch (IOException e) {
      throw Failure.inputOutput("use", workdir, e);
    }
  }

  /** Looks at what is given as a run would, and remembers if it would be refused. */
  private StepForecast required(JobStep step, Optional<LedgerEntry> entry, StepForecast forecast) {
    try {
      step.requireGivenInputs(redone.contains(step));
      return forecast;
    } catch (Failure e) {
      boolean isStale = e.kind() == Failure.Kind.OUTPUT_EXISTS && changed.isBegun(step);
      Failure asInARun = isStale ? changed.withWayOut(e, step) : e;
      refusal = refusal.or(() -> Optional.of(asInARun));
      return isStale ? of(step, entry, State.STALE, forecast.why()) : forecast;
    }
  }

  private StepForecast redone(JobStep step, Optional<LedgerEntry> entry) {
    String why =
        chosen.isNamedForRedo(step)
            ? "asked for by --redo"
            : "made from " + names(before(step, open));
    return of(step, entry, State.TO_DO, why);
  }

  private StepForecast kept(JobStep step, Optional<LedgerEntry> entry) {
    List<JobStep> staleBefore = before(step, stale);
    List<JobStep> openBefore = before(step, open);
    if (entry.isEmpty() || !changed.isBegun(step)) {
      return of(step, entry, State.TO_DO, "not begun");
    }
    if (!staleBefore.isEmpty()) {
      return of(step, entry, State.STALE, "made from " + names(staleBefore));
    }
    if (!openBefore.isEmpty()) {
      return entry.get().isDone()
          ? of(step, entry, State.DONE, "if %s comes out as before".formatted(names(openBefore)))
          : of(step, entry, State.TO_DO, StepExaminer.UNFINISHED);
    }
    Optional<Map<String, String>> inputs = examiner.inputsOf(step);
    if (inputs.isEmpty()) {
      return of(step, entry, State.TO_DO, StepExaminer.LOST_OR_DAMAGED);
    }
    Optional<Failure> refusalOfInputs = changed.refusalOfInputs(entry.get(), step, inputs.get());
    if (refusalOfInputs.isPresent()) {
      refusal = refusal.or(() -> refusalOfInputs);
      return of(
          step,
          entry,
          State.STALE,
          "made from another "
              + String.join(", ", StepExaminer.changedInputs(entry.get(), inputs.get())));
    }
    inputs.get().putAll(step.givenInputs());
    return examiner
        .whyNotDone(entry.get(), step, chosen.label(step), inputs.get())
        .map(why -> of(step, entry, State.TO_DO, why))
        .orElseGet(() -> of(step, entry, State.DONE, ""));
  }

  private static List<JobStep> before(JobStep step, List<JobStep> some) {
    return some.stream().filter(before -> StepGraph.isMadeFrom(step, before)).toList();
  }

  private static String names(List<JobStep> steps) {
    return steps.stream().map(JobStep::name).collect(Collectors.joining(", "));
  }

  private StepForecast of(JobStep step, Optional<LedgerEntry> entry, State state, String why) {
    long bytes = store.objectsBelow(step.directory()).stream().mapToLong(ObjectEntry::size).sum();
    double seconds = entry.filter(LedgerEntry::isDone).map(LedgerEntry::seconds).orElse(0.0);
    return new StepForecast(
        step.name(), state, why, bytes, Duration.ofMillis(Math.round(seconds * 1000)));
  }
}
