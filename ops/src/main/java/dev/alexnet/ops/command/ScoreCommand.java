package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.ops.scoring.ScoredCheckpoints;
import dev.alexnet.pipelines.score.FoundWeights;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
    name = "score",
    description = {
      "Measures the top-1 and top-5 error of a model, or of several together, on a dataset. Images without a label get predictions only.",
      ""
    },
    customSynopsis = "alexnet score [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet score --data dataset/validation --model training/model --output scores",
      "  alexnet score --data dataset/validation --model first/model \\",
      "      --model second/model --find-weights --output scores/found",
      "  alexnet score --data dataset/test --model first/model \\",
      "      --model second/model --weights 0.6,0.4 --views 10 --output scores/both"
    })
final class ScoreCommand extends StepCommand<ScoreSettings> implements RunsOnBeam {
  private final RunnerOptions runnerOptions;
  private final ScorePipeline pipeline;
  private final ScoredCheckpoints checkpoints;

  @Inject
  ScoreCommand(
      Console console,
      RunnerOptions runnerOptions,
      ScorePipeline pipeline,
      ScoredCheckpoints checkpoints) {
    super(console);
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
  }

  @Override
  public SettingsDefinition<ScoreSettings> definition() {
    return ScoreSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    Map<String, Object> timing = new LinkedHashMap<>();
    Scores scores =
        pipeline.run(
            checkpoints.exported(settings()),
            runnerOptions.create(),
            progress,
            seconds -> timing.put("arithmetic_check_seconds", seconds));
    scores.replacedOperations().forEach(this::note);
    scores.warnings().forEach(warning -> note("Warning: " + warning));
    // Only workers that score check the arithmetic.
    String before = timing.isEmpty() ? "already complete: " : "";
    String found = scores.counts().scored() == 0 ? unscored(scores) : errors(scores);
    return StepOutcome.of(before + found, scores).and(timing);
  }

  private static String unscored(Scores scores) {
    return scores.counts().unlabelled() == 0
        ? String.format(
            Locale.ROOT, "none of %,d images could be decoded", scores.counts().images())
        : String.format(
            Locale.ROOT, "%,d images predicted, none has a label", scores.counts().unlabelled());
  }

  private static String errors(Scores scores) {
    return "top-1 error "
        + share(scores.rates().top1Error(), scores.counts().scored())
        + top5(scores, scores.rates().top5Error())
        + found(scores);
  }

  private static String found(Scores scores) {
    FoundWeights found = scores.foundWeights();
    return found == null
        ? ""
        : "\nWith --weights "
            + found.weights().stream().map(String::valueOf).collect(Collectors.joining(","))
            + ": top-1 error "
            + share(found.top1Error(), scores.counts().scored())
            + top5(scores, found.top5Error())
            + " of the same images";
  }

  private static String top5(Scores scores, double error) {
    return scores.counts().hasTop5Error()
        ? ", top-5 error " + share(error, scores.counts().scored())
        : ", no top-5 error (five guesses always have one of %d classes)"
            .formatted(scores.counts().classes());
  }

  private static String share(double error, long of) {
    return String.format(
        Locale.ROOT, "%.1f %% (%,d of %,d)", 100 * error, Math.round(error * of), of);
  }
}
