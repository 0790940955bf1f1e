package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.pipelines.convert.ConvertInputs;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertPreview;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.engine.PipelineRun;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
    name = "convert",
    description = {
      "Makes a dataset from ImageNet's archives, from folders by class, or from a list of"
          + " pictures.",
      ""
    },
    customSynopsis = "alexnet convert [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = "  alexnet convert --input imagenet --output dataset/train --split train")
final class ConvertCommand extends StepCommand<ConvertSettings> implements RunsOnBeam {
  private final EngineRuns engineRuns;
  private final ConvertPipeline pipeline;
  private final Console console;
  private ConvertInputs inputs;

  @Inject
  ConvertCommand(Console console, EngineRuns engineRuns, ConvertPipeline pipeline) {
    super(console);
    this.console = console;
    this.engineRuns = requireNonNull(engineRuns, "engineRuns is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  public SettingsDefinition<ConvertSettings> definition() {
    return ConvertSettings.DEFINITION;
  }

  /** Pictures are identified without whatever else is among them. */
  @Override
  public Optional<String> fingerprint(String option) {
    if (!option.equals(ConvertSettings.INPUT.name())) {
      return Optional.empty();
    }
    if (inputs == null) {
      inputs = pipeline.inputs(settings());
    }
    try (ProgressLine progress = console.progress("convert")) {
      return Optional.of(inputs.fingerprint(progress));
    }
  }

  @Override
  public void requireInput(String option, boolean anew) {
    // Only a run unpacks archives.
    if (!option.equals(ConvertSettings.INPUT.name()) || settings().unpackTo() != null) {
      return;
    }
    if (inputs == null) {
      inputs = pipeline.inputs(settings());
    }
    if (anew) {
      return;
    }
    try (ProgressLine progress = console.progress("convert")) {
      inputs.refuseIfOther(progress);
    }
  }

  @Override
  public void confirmInputs() {
    if (inputs != null) {
      inputs.remember();
    }
  }

  @Override
  StepOutcome run(Progress progress) {
    PipelineRun run = engineRuns.start();
    if (settings().dryRun()) {
      return preview(progress);
    }
    if (run.isTemplate()) {
      pipeline.launch(settings(), run, progress);
      return template(run);
    }
    ConvertResult result = pipeline.run(settings(), run, progress);
    note("Converted: " + result.source());
    result.notices().forEach(this::note);
    StepOutcome outcome =
        StepOutcome.of(
                "%s of %s in %s at %s; %s rejected"
                    .formatted(
                        Quantity.of(result.records(), "image"),
                        classes(result),
                        Quantity.of(result.shards(), "shard"),
                        settings().output(),
                        Quantity.of(result.rejected(), "picture")),
                result)
            .and(counted(run));
    return result.excess() == null
        ? outcome
        : outcome.failed(new Failure(Failure.Kind.BAD_DATA, result.excess()));
  }

  private StepOutcome preview(Progress progress) {
    ConvertPreview preview = pipeline.preview(settings(), progress);
    preview.notices().forEach(this::note);
    return StepOutcome.of(preview.inWords(), preview);
  }

  private static String classes(ConvertResult result) {
    String classes = Quantity.of(result.classes(), "class");
    return result.classesWithImages() == result.classes()
        ? classes
        : String.format(Locale.ROOT, "%,d of %s", result.classesWithImages(), classes);
  }
}
