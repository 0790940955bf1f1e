package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.ops.similarity.Neighbours;
import dev.alexnet.ops.similarity.SimilarImages;
import dev.alexnet.ops.similarity.SimilarSettings;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
    name = "similar",
    description = {
      "Finds the images of a dataset that a model sees as most similar to given pictures: those with the smallest Euclidean distance between the features of its last hidden layer.",
      ""
    },
    customSynopsis = "alexnet similar [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet similar --data dataset/train --model training/model \\",
      "      --query dataset/validation --output similar",
      "  alexnet similar --data dataset/train --model training/model --query cat.jpg \\",
      "      --features features --output similar/cat"
    })
final class SimilarCommand extends StepCommand<SimilarSettings> implements RunsOnBeam {
  private final SimilarImages similarImages;
  private final EngineRuns engineRuns;

  @Inject
  SimilarCommand(Console console, SimilarImages similarImages, EngineRuns engineRuns) {
    super(console);
    this.similarImages = requireNonNull(similarImages, "similarImages is null");
    this.engineRuns = requireNonNull(engineRuns, "engineRuns is null");
  }

  @Override
  public SettingsDefinition<SimilarSettings> definition() {
    return SimilarSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    Neighbours found =
        similarImages.run(settings(), engineRuns.startFor("similar"), progress, this::note);
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "neighbours of %,d pictures at %s",
            found.queries().size(),
            settings().output().resolve(Neighbours.PICTURE)),
        found);
  }
}
