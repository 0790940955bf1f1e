package dev.alexnet.ops.cli;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "score",
    description = {
      "Counts how many images of a dataset a model, or several together, get wrong. Images without"
          + " a label get predictions only.",
      ""
    },
    customSynopsis = "alexnet score [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet score --data dataset/validation --model training/model --output scores",
      "  alexnet score --data dataset/validation --model first/model --model second/model \\",
      "      --weights 0.6,0.4 --views 10 --output scores/both"
    })
final class ScoreCommand extends StepCommand implements RunsOnBeam {
  private final Console console;
  private final RunnerOptions runnerOptions;

  @Option(names = "--data", required = true, description = "The dataset.")
  private Location data;

  @Option(
      names = "--model",
      required = true,
      description =
          "The directory of the model. Given again: further models; the mean of their"
              + " probabilities is scored.")
  private List<Location> models;

  @Option(
      names = "--weights",
      paramLabel = "W,W",
      split = ",",
      description = "What each --model counts, in their order, by commas; all the same by default.")
  private List<Double> weights;

  @Option(names = "--output", required = true, description = "The directory for the scores.")
  private Location output;

  @Option(
      names = "--devkit",
      description =
          "The devkit's archive, folder or meta.mat. With it, submission.txt is written"
              + " too: five of its ids a line, in the order of the pictures.")
  private Location devkit;

  @Option(
      names = "--views",
      defaultValue = "1",
      description =
          "Views of each image: 1, the centre, or 10: corners, centre and their mirror"
              + " images, whose probabilities are averaged.")
  private int views;

  @Option(names = "--batch", defaultValue = "128", description = "Views at a time, 1 to 4096.")
  private int batch;

  @Option(
      names = "--max-rejected",
      defaultValue = "0",
      description = "With more records that cannot be decoded, the command fails at its end.")
  private long maxRejected;

  @Inject
  ScoreCommand(Console console, RunnerOptions runnerOptions) {
    super(console);
    this.console = console;
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
  }

  @Override
  ScoreSettings settings() {
    List<Double> given = weights == null ? List.of() : weights;
    return new ScoreSettings(data, models, given, output, devkit, views, batch, maxRejected);
  }

  @Override
  StepOutcome run(Progress progress) {
    Scores scores = ScorePipeline.run(settings(), runnerOptions.create(), progress);
    scores.warnings().forEach(warning -> console.note("Warning: " + warning));
    return StepOutcome.of(
        "top-1 error "
            + share(scores.top1Error(), scores.scored())
            + ", top-5 error "
            + share(scores.top5Error(), scores.scored()),
        scores);
  }

  private static String share(double error, long of) {
    return String.format(
        Locale.ROOT, "%.1f %% (%,d of %,d)", 100 * error, Math.round(error * of), of);
  }
}
