package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
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
  private final RunnerOptions runnerOptions;
  private final FeaturesPipeline pipeline;

  @Inject
  FeaturesCommand(Console console, RunnerOptions runnerOptions, FeaturesPipeline pipeline) {
    super(console);
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  public SettingsDefinition<FeaturesSettings> definition() {
    return FeaturesSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    FeaturesManifest made = pipeline.run(settings(), runnerOptions.create(), progress, this::note);
    made.replacedOperations().forEach(this::note);
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "%,d features of each of %,d images in %,d shards at %s",
            made.values(),
            made.images() - made.undecodable(),
            made.shards().size(),
            settings().output()),
        made);
  }
}
