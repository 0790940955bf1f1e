package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.features.FeaturesManifest;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.features.FeaturesSettings;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "features",
    description = {
      "Writes the input of a model's last layer for every image of a dataset, as NumPy matrices or as TFRecords. The published network has 4096 values per image.",
      ""
    },
    customSynopsis = "alexnet features [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = "  alexnet features --data dataset/train --model training/model --output features")
final class FeaturesCommand extends StepCommand<FeaturesSettings> implements RunsOnBeam {
  private final EngineRuns engineRuns;
  private final FeaturesPipeline pipeline;

  @Inject
  FeaturesCommand(Console console, EngineRuns engineRuns, FeaturesPipeline pipeline) {
    super(console);
    this.engineRuns = requireNonNull(engineRuns, "engineRuns is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  public SettingsDefinition<FeaturesSettings> definition() {
    return FeaturesSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    PipelineRun run = engineRuns.start();
    if (run.isTemplate()) {
      pipeline.launch(settings(), run, progress);
      return template(run);
    }
    FeaturesManifest made = pipeline.run(settings(), run, progress, this::note);
    made.replacedOperations().forEach(this::note);
    return StepOutcome.of(
            String.format(
                Locale.ROOT,
                "%,d features of each of %,d images in %,d shards at %s",
                made.values(),
                made.images() - made.undecodable(),
                made.shards().size(),
                settings().output()),
            made)
        .and(counted(run));
  }
}
