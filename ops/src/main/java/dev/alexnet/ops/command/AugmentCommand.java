package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.augment.AugmentResult;
import dev.alexnet.pipelines.augment.AugmentSettings;
import jakarta.inject.Inject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "augment",
    description = {"Makes a dataset of variants of another's images.", ""},
    customSynopsis = "alexnet augment [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer =
        "  alexnet augment --data dataset/train --output augmented"
            + " --operations 'random_crop(224) | flip' --copies 4")
final class AugmentCommand extends StepCommand implements RunsOnBeam {
  private final Console console;
  private final RunnerOptions runnerOptions;
  private final AugmentPipeline pipeline;

  @Option(names = "--data", required = true, description = "A dataset that is not augmented.")
  private Location data;

  @Option(names = "--output", required = true, description = "The directory of the new dataset.")
  private Location output;

  @Option(
      names = "--copies",
      defaultValue = "0",
      description = "How many variants of each image; 0 is 1, or 10 with ten_views.")
  private int copies;

  @Option(
      names = "--operations",
      defaultValue = "random_crop(224) | flip | colour(0.1)",
      description =
          "What is done to each image, in order: resize_small(256), random_crop(224),"
              + " centre_crop(224), flip, colour(0.1), ten_views(224).")
  private String operations;

  @Option(names = "--seed", defaultValue = "1", description = "Decides all draws.")
  private long seed;

  @Inject
  AugmentCommand(Console console, RunnerOptions runnerOptions, AugmentPipeline pipeline) {
    super(console);
    this.console = console;
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  AugmentSettings settings() {
    return new AugmentSettings(data, output, copies, operations, seed);
  }

  @Override
  StepOutcome run(Progress progress) {
    AugmentResult result = pipeline.run(settings(), runnerOptions.create(), progress);
    result.notices().forEach(console::note);
    return StepOutcome.of(
        "%s in %s at %s"
            .formatted(
                Quantity.of(result.records(), "image"),
                Quantity.of(result.shards(), "shard"),
                result.output()),
        result);
  }
}
