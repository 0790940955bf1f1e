package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.augment.AugmentResult;
import dev.alexnet.pipelines.augment.AugmentSettings;
import dev.alexnet.pipelines.engine.PipelineRun;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;

@Command(
    name = "augment",
    description = {"Makes a dataset of variants of another dataset's images.", ""},
    customSynopsis = "alexnet augment [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet augment --data dataset/train --output augmented \\",
      "      --operations 'random_crop(224) | flip' --copies 4"
    })
final class AugmentCommand extends StepCommand<AugmentSettings> implements RunsOnBeam {
  private final EngineRuns engineRuns;
  private final AugmentPipeline pipeline;

  @Inject
  AugmentCommand(Console console, EngineRuns engineRuns, AugmentPipeline pipeline) {
    super(console);
    this.engineRuns = requireNonNull(engineRuns, "engineRuns is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  public SettingsDefinition<AugmentSettings> definition() {
    return AugmentSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    PipelineRun run = engineRuns.start();
    if (run.isTemplate()) {
      pipeline.launch(settings(), run, progress);
      return template(run);
    }
    AugmentResult result = pipeline.run(settings(), run, progress);
    result.notices().forEach(this::note);
    return StepOutcome.of(
            "%s in %s at %s"
                .formatted(
                    Quantity.of(result.records(), "image"),
                    Quantity.of(result.shards(), "shard"),
                    result.output()),
            result)
        .and(counted(run));
  }
}
