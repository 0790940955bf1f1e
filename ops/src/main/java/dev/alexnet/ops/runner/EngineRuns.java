package dev.alexnet.ops.runner;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.console.Console;
import dev.alexnet.pipelines.engine.Interruption;
import dev.alexnet.pipelines.engine.PipelineRun;
import jakarta.inject.Inject;

/** Starts runs of pipelines with the options after {@code --}. */
public final class EngineRuns {
  private final RunnerOptions options;
  private final Interruption interruption;
  private final Console console;

  @Inject
  public EngineRuns(RunnerOptions options, Interruption interruption, Console console) {
    this.options = requireNonNull(options, "options is null");
    this.console = requireNonNull(console, "console is null");
    this.interruption = requireNonNull(interruption, "interruption is null");
  }

  /**
   * A run of one pipeline.
   *
   * @throws Failure of kind USAGE if the options are wrong
   */
  public PipelineRun start() {
    return new PipelineRun(options.create(), interruption, options.jobs(), console::note);
  }

  /**
   * A run for a command that goes on with what the pipeline makes.
   *
   * @throws Failure of kind USAGE if the options are wrong, or the engine would only write a
   *     template
   */
  public PipelineRun startFor(String command) {
    PipelineRun run = start();
    if (run.isTemplate()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "'"
              + command
              + "' goes on with what its pipelines make, so it cannot write a template; remove --templateLocation, or use convert, augment, score or features");
    }
    return run;
  }
}
