package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A batch job: steps in order, in one work directory, with a ledger of what is done. A run that was
 * stopped at any moment continues when it is run again.
 */
public final class Job {
  private final ObjectStore store;
  private final Tools tools;
  private final Confirmation confirmation;

  /** What runs steps and shows it. */
  record Tools(Clock clock, Console console, StepRunner runner) {
    Tools {
      requireNonNull(clock, "clock is null");
      requireNonNull(console, "console is null");
      requireNonNull(runner, "runner is null");
    }
  }

  @Inject
  public Job(
      ObjectStore store,
      Clock clock,
      Console console,
      StepRunner runner,
      Confirmation confirmation) {
    this.store = requireNonNull(store, "store is null");
    this.confirmation = requireNonNull(confirmation, "confirmation is null");
    this.tools = new Tools(clock, console, runner);
  }

  /**
   * Asks on a terminal before it replaces what a selection wants anew, then runs the steps that are
   * not done yet. A step is done if the ledger has it with the same settings and inputs, and its
   * outputs are unchanged. If all are done, nothing is written: the work directory can be
   * read-only.
   *
   * @param workdir created if it is missing
   * @param stopRequested asked before every step that is not done
   * @throws Failure of kind OUTPUT_EXISTS if another run works in the directory, or if it holds the
   *     work of a step with other settings or inputs; INTERRUPTED if a stop is requested; USAGE if
   *     the selection does not fit the job, or if somebody who was asked does not agree;
   *     INPUT_MISSING if it leaves out what is needed
   */
  public JobResult run(
      Location workdir,
      List<JobStep> steps,
      StepSelection selection,
      BooleanSupplier stopRequested) {
    ChosenSteps chosen = new ChosenSteps(steps, selection);
    StepExaminer examiner = new StepExaminer(store, tools.console(), workdir);
    if (!selection.agreed()
        && !chosen.redone().isEmpty()
        && !new Redo(store, tools.console(), workdir, chosen)
            .isUnderWay(Ledger.in(store, workdir))) {
      new Replacement(store, tools.console(), chosen.redone()).confirm(confirmation);
    }
    return new FinishedJob(store, workdir, chosen, examiner)
        .result()
        .orElseGet(
            () ->
                DirectoryLock.holding(
                    store,
                    workdir,
                    tools.console()::note,
                    held ->
                        new JobRun(held, tools, workdir, chosen, examiner, stopRequested).run()));
  }

  /** Says what a run would do. Writes nothing, and reads no shards to verify them. */
  public Forecast forecast(Location workdir, List<JobStep> steps, StepSelection selection) {
    return new Forecaster(store, tools.console(), workdir, new ChosenSteps(steps, selection))
        .forecast();
  }
}
