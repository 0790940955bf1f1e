package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
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
  private final Clock clock;
  private final Console console;
  private final StepRunner runner;

  @Inject
  public Job(ObjectStore store, Clock clock, Console console, StepRunner runner) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.console = requireNonNull(console, "console is null");
    this.runner = requireNonNull(runner, "runner is null");
  }

  /**
   * Runs the steps that are not done yet. A step is done if the ledger has it with the same
   * settings and inputs, and its outputs are unchanged.
   *
   * @param workdir created if it is missing
   * @param stopRequested asked before every step that is not done
   * @throws Failure of kind OUTPUT_EXISTS if another run works in the directory, or if it holds the
   *     work of a step with other settings or inputs; INTERRUPTED if a stop is requested
   */
  public JobResult run(Location workdir, List<JobStep> steps, BooleanSupplier stopRequested) {
    return DirectoryLock.holding(
        store,
        workdir,
        console::note,
        held -> new JobRun(held, clock, console, runner, workdir, steps, stopRequested).run());
  }
}
