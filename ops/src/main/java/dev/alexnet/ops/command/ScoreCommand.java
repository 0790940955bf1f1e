package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.ops.scoring.ScoredCheckpoints;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.ScoredInputs;
import dev.alexnet.pipelines.score.Scores;
import dev.alexnet.pipelines.score.SubsetErrors;
import dev.alexnet.pipelines.score.statistics.FoundWeights;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
    name = "score",
    description = {
      "Measures the top-1 and top-5 error of a model, or of several together, on a dataset. A dataset of some of the model's classes is scored by their names, among all classes and among its own. Images without a label get predictions only.",
      ""
    },
    customSynopsis = "alexnet score [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet score --data dataset/validation --model training/model --output scores",
      "  alexnet score --data dataset/validation --model first/model \\",
      "      --model second/model --find-weights --output scores/found",
      "  alexnet score --data dataset/test --model first/model \\",
      "      --model second/model --weights 0.6,0.4 --views 10 --output scores/both",
      "  alexnet score --data dataset/validation --model training/model \\",
      "      --truth real.json --output scores/real"
    })
final class ScoreCommand extends StepCommand<ScoreSettings> implements RunsOnBeam {
  private final EngineRuns engineRuns;
  private final ScorePipeline pipeline;
  private final ScoredCheckpoints checkpoints;

  @Inject
  ScoreCommand(
      Console console,
      EngineRuns engineRuns,
      ScorePipeline pipeline,
      ScoredCheckpoints checkpoints) {
    super(console);
    this.engineRuns = requireNonNull(engineRuns, "engineRuns is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
    this.checkpoints = requireNonNull(checkpoints, "checkpoints is null");
  }

  @Override
  public SettingsDefinition<ScoreSettings> definition() {
    return ScoreSettings.DEFINITION;
  }

  @Override
  StepOutcome run(Progress progress) {
    PipelineRun run = engineRuns.start();
    if (run.isTemplate()) {
      pipeline.launch(settings(), run, progress);
      return template(run);
    }
    Map<String, Object> timing = new LinkedHashMap<>();
    Scores scores =
        pipeline.run(
            checkpoints.exported(settings()),
            run,
            progress,
            seconds -> timing.put("arithmetic_check_seconds", seconds));
    scores.replacedOperations().forEach(this::note);
    scores.warnings().forEach(warning -> note("Warning: " + warning));
    // Only workers that score check the arithmetic.
    String before = timing.isEmpty() ? "already complete: " : "";
    String found = scores.counts().scored() == 0 ? unscored(scores) : errors(scores);
    return StepOutcome.of(before + found, scores).and(timing).and(counted(run));
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
        + subset(scores)
        + truth(scores)
        + found(scores);
  }

  private static String subset(Scores scores) {
    SubsetErrors subset = scores.rates().subset();
    if (subset == null) {
      return "";
    }
    long scored = scores.counts().scored();
    return String.format(
        Locale.ROOT,
        " over the model's %,d classes%nOver the subset's %,d: top-1 error %s%s",
        scores.counts().classes(),
        subset.classes(),
        share(subset.within(1).error(), scored),
        subset.hasTop5Error() ? ", top-5 error " + share(subset.within(5).error(), scored) : "");
  }

  private static String truth(Scores scores) {
    ScoredInputs.OtherTruth truth = scores.inputs().truth();
    return truth == null
        ? ""
        : "\nBy the labels of %s; %s of no class left out"
            .formatted(truth.file(), Quantity.of(truth.ofNoClass(), "image"));
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
