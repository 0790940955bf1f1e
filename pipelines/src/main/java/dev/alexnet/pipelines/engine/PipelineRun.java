package dev.alexnet.pipelines.engine;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.FailureText;
import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;

/**
 * One run of a pipeline on the engine that its options name: the only way to start one and to wait
 * for it.
 */
public final class PipelineRun {
  private static final String OUTPUT = "output";
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

  private final PipelineOptions options;
  private final Interruption interruption;
  private final ClusterJobs jobs;
  private final Consumer<String> notices;
  private final Engine engine;
  private RunMetrics metrics = RunMetrics.NONE;

  /** A run that nobody interrupts. */
  public PipelineRun(PipelineOptions options) {
    this(options, Interruption.NEVER);
  }

  /**
   * @param options of the engine
   * @param interruption is heeded while the work is done elsewhere. An engine within this process
   *     ends with it
   * @throws Failure of kind USAGE if the job shall be left to an engine that needs this process
   */
  public PipelineRun(PipelineOptions options, Interruption interruption) {
    this(options, interruption, ClusterJobs.UNKNOWN, notice -> {});
  }

  /**
   * @param jobs of the cluster that the options name
   * @param notices receives sentences about what is waited for
   * @throws Failure of kind USAGE if the job shall be left to an engine that needs this process
   */
  public PipelineRun(
      PipelineOptions options,
      Interruption interruption,
      ClusterJobs jobs,
      Consumer<String> notices) {
    this.options = requireNonNull(options, "options is null");
    this.interruption = requireNonNull(interruption, "interruption is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.engine = Engine.of(options);
    if (isLeftBehind() && !engine.canDetach()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--detachOnInterrupt is not possible with --runner="
              + engine.runner()
              + " and its other options, because the job ends with this process; leave it out");
    }
  }

  private boolean isLeftBehind() {
    return options.as(EngineOptions.class).isDetachOnInterrupt();
  }

  /**
   * A pipeline to be filled.
   *
   * @param work what it does, as a word for the job's name, unless the user has named the job
   * @param output what it makes
   */
  public Pipeline pipeline(String work, Location output) {
    return withFailures(() -> Pipeline.create(engine.prepared(options, JobName.of(work, output))));
  }

  /**
   * The settings as workers can use them: on other machines, a relative path would start at another
   * directory. If an earlier command, which was detached or killed, has left a job that writes into
   * the same output, waits for it to end: it would overwrite what this run makes.
   *
   * @throws Failure of kind USAGE if one is a local path that workers cannot reach, INTERRUPTED if
   *     the wait is interrupted
   */
  public <S extends Settings> S forWorkers(SettingsDefinition<S> definition, S settings) {
    if (!engine.reachesLocalPlaces()) {
      LocalPlaces.refuse(settings, engine);
    }
    S usable = engine.isEmbedded() ? settings : definition.fromAnywhere(settings);
    usable.places().getOrDefault(OUTPUT, List.of()).forEach(this::awaitEarlierJob);
    return usable;
  }

  private void awaitEarlierJob(Location output) {
    Optional<String> earlier = jobs.active(name -> JobName.isOf(name, output));
    if (earlier.isPresent()) {
      notices.accept(
          "The job %s%s of an earlier command is still working in %s; waiting for it to end. If you do not need what it makes, cancel it there"
              .formatted(earlier.get(), engine.place(), output));
      interruption.heededBy(() -> awaitEnd(earlier.get(), output));
    }
  }

  private String awaitEnd(String earlier, Location output) {
    while (jobs.active(name -> JobName.isOf(name, output)).isPresent()) {
      if (interruption.await(BETWEEN_QUESTIONS)) {
        throw new Failure(
            Failure.Kind.INTERRUPTED,
            "The job %s%s is still working in %s, and this command was interrupted while it waited for it to end. Run the same command again to continue"
                .formatted(earlier, engine.place(), output));
      }
    }
    return earlier;
  }

  /**
   * The fence for workers.
   *
   * @param held the store that work in a locked directory got
   */
  public WorkerFence fence(ObjectStore held) {
    // A job that may go on after this process has ended loses its lease with it.
    return isTemplate() || isLeftBehind() ? WorkerFence.NONE : WorkerFence.of(held);
  }

  /**
   * What the workers that run models need.
   *
   * @throws Failure of kind USAGE if an option for it is malformed
   */
  public ResourceHints inferenceHints() {
    return InferenceHints.of(options.as(EngineOptions.class));
  }

  /** Whether the engine writes a description of the job instead of running it. */
  public boolean isTemplate() {
    return !engine.template().isEmpty();
  }

  /** Where the description of the job is written to; empty if the job is run. */
  public String template() {
    return engine.template();
  }

  /** The failure of a description that would be of no use, because the output is complete. */
  public Failure nothingToDo(Location output) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        output
            + " is complete already, so there is no work for a job; nothing was written to "
            + template());
  }

  /**
   * Hands a pipeline to the engine and does not wait: for an engine that writes a description of
   * the job to {@link #template}.
   */
  public void launch(Pipeline pipeline) {
    withFailures(pipeline::run);
    metrics = new RunMetrics(pipeline.getOptions().getJobName(), 0, 0, 0, 0);
  }

  /** What the last pipeline has counted so far. */
  public RunMetrics metrics() {
    return metrics;
  }

  /**
   * Runs and waits.
   *
   * @param watcher receives the counters now and then, and once at the end
   * @return the counters at the end
   * @throws Failure if a function of the pipeline threw it, on whatever machine; of kind
   *     INTERRUPTED if the engine stopped the run for a reason of its own, or the interruption was
   *     heeded; of kind REMOTE if the engine failed, or cannot be reached
   */
  public Counters await(Pipeline pipeline, Consumer<Counters> watcher) {
    return engine.isEmbedded()
        ? withFailures(() -> waiting(pipeline, watcher))
        : interruption.heededBy(() -> withFailures(() -> waiting(pipeline, watcher)));
  }

  private Counters waiting(Pipeline pipeline, Consumer<Counters> watcher) {
    String name = pipeline.getOptions().getJobName();
    PipelineResult result = pipeline.run();
    RunningJob job = new RunningJob(engine, name, result, interruption);
    JobWatch watch = new JobWatch(jobs, name, notices, System::nanoTime);
    while (!job.isEnded()) {
      if (!engine.isEmbedded() && interruption.isRequested()) {
        throw isLeftBehind() ? job.leave() : job.cancel();
      }
      if (job.isAnswering()) {
        // An engine that does not answer would be asked for a minute in vain.
        watch(name, result.metrics(), watcher);
        watch.look();
      }
    }
    job.throwUnlessDone();
    return watch(name, job.metrics(), watcher);
  }

  private Counters watch(String name, MetricResults results, Consumer<Counters> watcher) {
    Counters counters = new Counters(results);
    metrics = RunMetrics.of(name, counters);
    watcher.accept(counters);
    return counters;
  }

  private <T> T withFailures(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw FailureText.in(e).map(this::ofWorkers).orElseGet(() -> ofEngine(e));
    }
  }

  /** Whoever looks at this machine may find what a worker does not see. */
  private RuntimeException ofWorkers(Failure failure) {
    return engine.isCluster() && failure.kind() == Failure.Kind.INPUT_MISSING
        ? new Failure(
            failure.kind(),
            "%s. A worker of %s%s looked for it: all machines of the cluster must see the same files under the same path"
                .formatted(failure.getMessage(), engine.title(), engine.place()),
            failure)
        : failure;
  }

  private RuntimeException ofEngine(RuntimeException thrown) {
    if (engine.isEmbedded()) {
      return thrown;
    }
    if (interruption.isRequested()) {
      // Spark hears of the end of this process by itself, and may stop the job first.
      return new Failure(
          Failure.Kind.INTERRUPTED,
          "The job ended, because this command was interrupted. Finished shards are kept. Run the same command again to continue",
          thrown);
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    String text = trace.toString();
    Optional<Failure> known =
        MissingClass.in(text, engine).or(() -> EndedApplication.in(text, engine));
    if (known.isPresent()) {
      return known.get();
    }
    RuntimeException rejected = RejectedOptions.failureOr(thrown, engine);
    return rejected == thrown ? Unreachable.failureOr(thrown, engine) : rejected;
  }
}
