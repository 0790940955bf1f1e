package dev.alexnet.ops.job;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.job.JobResult.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A job of which every step is done: recognised without writing to its work directory. */
final class FinishedJob {
  private final ObjectStore store;
  private final Location workdir;
  private final ChosenSteps chosen;
  private final StepExaminer examiner;

  FinishedJob(ObjectStore store, Location workdir, ChosenSteps chosen, StepExaminer examiner) {
    this.store = store;
    this.workdir = workdir;
    this.chosen = chosen;
    this.examiner = examiner;
  }

  /**
   * @return empty if something is left to do, to repair or to refuse
   */
  Optional<JobResult> result() {
    // A redo that was stopped is settled first: what is there now may not be the result.
    if (!chosen.redone().isEmpty() || store.exists(workdir.resolve(RedoRecord.FILE))) {
      return Optional.empty();
    }
    Ledger ledger = Ledger.in(store, workdir);
    if (!isDoneAccordingTo(ledger)) {
      return Optional.empty();
    }
    List<StepResult> results = new ArrayList<>();
    for (JobStep step : chosen.looked()) {
      LedgerEntry entry = ledger.entry(step.name()).orElseThrow();
      Optional<Map<String, String>> inputs = unchangedInputs(entry, step);
      if (inputs.isEmpty() || !examiner.isDone(entry, step, chosen.label(step), inputs.get())) {
        return Optional.empty();
      }
      results.add(JobRun.result(entry, true));
    }
    chosen.looked().forEach(JobStep::confirmGivenInputs);
    return Optional.of(new JobResult(results));
  }

  /** All steps with their settings, also those that are used without being looked at. */
  private boolean isDoneAccordingTo(Ledger ledger) {
    List<JobStep> all = new ArrayList<>(chosen.used());
    all.addAll(chosen.looked());
    return all.stream()
        .allMatch(
            step ->
                ledger.entry(step.name()).stream()
                    .anyMatch(
                        entry -> entry.isDone() && StepSettings.changes(entry, step).isEmpty()));
  }

  private Optional<Map<String, String>> unchangedInputs(LedgerEntry entry, JobStep step) {
    return examiner
        .inputsOf(step)
        .filter(inputs -> StepExaminer.changedInputs(entry, inputs).isEmpty())
        .map(
            inputs -> {
              inputs.putAll(step.givenInputs());
              return inputs;
            });
  }
}
