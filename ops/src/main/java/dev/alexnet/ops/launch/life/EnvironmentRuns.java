package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.launch.Preview;
import dev.alexnet.ops.launch.RunName;
import dev.alexnet.ops.launch.policy.RetryPolicy;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The launched runs of an environment, until the connection to its jobs is closed. */
public final class EnvironmentRuns implements AutoCloseable {
  private static final String RUN_LABEL = "run";
  private static final String ENVIRONMENT_LABEL = "environment";

  private final EnvironmentContract environment;
  private final BatchJobs jobs;
  private final ObjectStore store;
  private final SleepingClock clock;

  EnvironmentRuns(
      EnvironmentContract environment, BatchJobs jobs, ObjectStore store, SleepingClock clock) {
    this.environment = requireNonNull(environment, "environment is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  public EnvironmentContract environment() {
    return environment;
  }

  /** Where everything of a run lies, whether it was launched or not. */
  public RunPlaces places(RunName run) {
    return new RunPlaces(run.workdir(environment));
  }

  /** What every command that is asked about one run says first. */
  public String heading(RunName run) {
    return "Run " + run + " in " + places(run).workdir();
  }

  /**
   * Launches a run, or goes on with it: see {@link RunLauncher}.
   *
   * @param specifications what the run's attempts are
   */
  public LaunchResult launch(
      LaunchOrder order,
      JobSpecifications specifications,
      Progress progress,
      BooleanSupplier interrupted) {
    return new RunLauncher(jobs, store, clock)
        .launch(
            order, places(new RunName(order.asked().run())), specifications, progress, interrupted);
  }

  /** What {@link #launch} would do with a run that was launched before: see {@link RunPreview}. */
  Preview preview(LaunchRecord asked, RetryPolicy policy) {
    RunPlaces places = places(new RunName(asked.run()));
    LaunchRecord record =
        RunJournal.open(new LaunchRecordFile(store, places.launchRecord())).record();
    AttemptWatch watch = new AttemptWatch(jobs, new AttemptFiles(store, places.attempts()));
    return new RunPreview(watch, policy).of(record, asked, clock.instant());
  }

  /** Cancels what lives of a run: see {@link RunCanceller}. */
  public CancelResult cancel(RunName run, Progress progress, BooleanSupplier interrupted) {
    return new RunCanceller(jobs, store, clock).cancel(places(run), progress, interrupted);
  }

  public RunLogs logs() {
    return new RunLogs(jobs, store, clock);
  }

  /**
   * @throws Failure of kind INPUT_MISSING if the run was never launched
   */
  public RunStatus status(RunName run) {
    return new RunStatusReader(jobs, store, clock).read(places(run));
  }

  /**
   * All runs of which the service still lists a job, the one with the newest job first.
   *
   * @param problems is told of runs that cannot be read
   */
  public List<RunStatus> statusOfAll(Progress problems) {
    List<String> names =
        jobs.labelled(ENVIRONMENT_LABEL, environment.environment()).stream()
            .map(job -> job.getLabelsMap().getOrDefault(RUN_LABEL, ""))
            .filter(run -> !run.isEmpty())
            .distinct()
            .toList();
    List<RunStatus> runs = new ArrayList<>();
    for (String run : names) {
      try {
        runs.add(status(new RunName(run)));
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.INPUT_MISSING) {
          throw e;
        }
        problems.note("%s has jobs, but no record: its work directory was deleted".formatted(run));
      }
    }
    return runs;
  }

  @Override
  public void close() {
    jobs.close();
  }
}
