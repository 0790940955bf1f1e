package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.prediction.InferenceDevices;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.pipelines.score.FoundWeights;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.score.ScoreSettings;
import dev.alexnet.pipelines.score.Scores;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "      --find-weights --output scores/found",
      "  alexnet score --data dataset/test --model first/model --model second/model \\",
      "      --weights 0.6,0.4 --views 10 --output scores/both"
    })
final class ScoreCommand extends StepCommand implements RunsOnBeam {
  private final Console console;
  private final RunnerOptions runnerOptions;
  private final ScorePipeline pipeline;

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

  @Option(
      names = "--find-weights",
      description =
          "Also finds the weights with which these images are scored best, for --weights on"
              + " others: a labelled validation set, and several models.")
  private boolean findWeights;

  @Option(names = "--output", required = true, description = "The directory for the scores.")
  private Location output;

  @Option(
      names = "--devkit",
      description =
          "The devkit's archive, folder or meta.mat. With it, submission.txt is written"
              + " too: five of its ids a line, in the order of the pictures.")
  private Location devkit;

  @Mixin private final ViewOptions viewing = new ViewOptions();

  @Option(
      names = "--devices",
      defaultValue = "auto",
      paramLabel = "DEVICE,DEVICE",
      description =
          "auto: every GPU, or the CPU where there is none; or devices such as gpu:0,gpu:1."
              + " Each holds all models.")
  private String devices;

  @Option(
      names = "--batches-per-device",
      defaultValue = "0",
      description =
          "How many batches a device works on at a time; 0: 2 on a GPU, one for each core on"
              + " the CPU.")
  private int batchesPerDevice;

  @Option(
      names = "--top",
      split = ",",
      paramLabel = "K,K",
      description = "Further numbers of guesses to count errors within, besides 1 to 5.")
  private List<Integer> top;

  @Option(
      names = "--join-up-to",
      defaultValue = "" + ScoreSettings.JOIN_UP_TO,
      description =
          "Up to so many images predictions.jsonl is one file; of more, a file for each shard.")
  private long joinUpTo;

  @Inject
  ScoreCommand(Console console, RunnerOptions runnerOptions, ScorePipeline pipeline) {
    super(console);
    this.console = console;
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  ScoreSettings settings() {
    return new ScoreSettings(
        data,
        models,
        weights == null ? List.of() : weights,
        findWeights,
        output,
        devkit,
        viewing.views(),
        viewing.batch(),
        new InferenceDevices(devices, batchesPerDevice),
        top == null ? List.of() : top,
        viewing.maxRejected(),
        joinUpTo);
  }

  @Override
  public boolean isIntact() {
    return pipeline.isIntact(output);
  }

  @Override
  StepOutcome run(Progress progress) {
    Map<String, Object> timing = new LinkedHashMap<>();
    Scores scores =
        pipeline.run(
            settings(),
            runnerOptions.create(),
            progress,
            seconds -> timing.put("arithmetic_check_seconds", seconds));
    scores.replacedOperations().forEach(console::note);
    scores.warnings().forEach(warning -> console.note("Warning: " + warning));
    return StepOutcome.of(scores.scored() == 0 ? unscored(scores) : errors(scores), scores)
        .and(timing);
  }

  private static String unscored(Scores scores) {
    return scores.unlabelled() == 0
        ? String.format(Locale.ROOT, "none of %,d images could be decoded", scores.images())
        : String.format(Locale.ROOT, "%,d images predicted, none has a label", scores.unlabelled());
  }

  private static String errors(Scores scores) {
    return "top-1 error "
        + share(scores.top1Error(), scores.scored())
        + ", top-5 error "
        + share(scores.top5Error(), scores.scored())
        + found(scores);
  }

  private static String found(Scores scores) {
    FoundWeights found = scores.foundWeights();
    return found == null
        ? ""
        : "\nWith --weights "
            + found.weights().stream().map(String::valueOf).collect(Collectors.joining(","))
            + ": top-1 error "
            + share(found.top1Error(), scores.scored())
            + ", top-5 error "
            + share(found.top5Error(), scores.scored())
            + " of the same images";
  }

  private static String share(double error, long of) {
    return String.format(
        Locale.ROOT, "%.1f %% (%,d of %,d)", 100 * error, Math.round(error * of), of);
  }
}
