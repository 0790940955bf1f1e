package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.InitialModel;
import dev.alexnet.model.training.LearningPlan;
import dev.alexnet.model.training.OverfitResult;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingResult;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.process.Termination;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "train",
    description = {"Trains a network on a dataset, from its newest checkpoint on.", ""},
    customSynopsis = "alexnet train [OPTIONS]%n",
    footer =
        "  alexnet train --data dataset/train --validation dataset/validation --workdir training"
            + " --epochs 90")
final class TrainCommand extends StepCommand {
  private static final long OVERFITTING_STEPS = 300;

  private final Console console;
  private final Trainer trainer;
  private final Termination termination;

  @Option(names = "--data", required = true, description = "The dataset to train on.")
  private Location data;

  @Option(
      names = "--validation",
      description = "The dataset whose errors are logged after every epoch; none where not given.")
  private Location validation;

  @Option(
      names = "--workdir",
      required = true,
      description = "The directory of checkpoints, logs and the model; local.")
  private Location workdir;

  @Mixin private final NetworkOptions network = new NetworkOptions();
  @Mixin private final TowerOptions towers = new TowerOptions();

  @Option(
      names = "--epochs",
      defaultValue = "0",
      description = "How often every image is shown; 0 to count by --steps.")
  private int epochs;

  @Option(
      names = "--steps",
      defaultValue = "0",
      description = "How many batches; 0 to count by --epochs.")
  private long steps;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.01",
      description = "The rate of the weights at the start.")
  private double learningRate;

  @Option(
      names = "--schedule",
      defaultValue = "dexp",
      description =
          "How the learning rates fall: dexp (the author's automatic one), epochs (as published, by"
              + " hand: conv1 before the others, and colours undisturbed in the end), plateau (when"
              + " the validation error stops to improve; the paper's), poly or constant.")
  private String schedule;

  @Option(
      names = "--warm-up",
      defaultValue = "0",
      description = "Epochs in which the rates rise at first.")
  private double warmUp;

  @Option(
      names = "--scale-rate",
      defaultValue = "false",
      description = "Multiplies the rate by batch / 128.")
  private boolean scaleRate;

  @Option(
      names = "--freeze",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description = "Layers that do not learn, by commas: conv1,conv2.")
  private String freeze;

  @Option(
      names = "--rates",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description =
          "What the rates of layers are multiplied by, for fine-tuning: conv1=0.1,fc8=10.")
  private String rates;

  @Option(
      names = "--optimizer",
      defaultValue = "momentum",
      description =
          "momentum (as published), or lars for batches of thousands: with --schedule poly, a"
              + " --warm-up, and a rate of 2 to 14.")
  private String optimizer;

  @Option(
      names = "--initial-model",
      description =
          "A model, or one checkpoint, whose layers to begin with; random values where not given.")
  private Location initialModel;

  @Option(
      names = "--initial-layers",
      defaultValue = "",
      showDefaultValue = Visibility.NEVER,
      description =
          "Which of them, by commas: conv1,conv2; all that are the same in both where not given.")
  private String initialLayers;

  @Option(
      names = "--require-gpus",
      defaultValue = "0",
      description = "Fails at once where fewer GPUs are there.")
  private int requireGpus;

  @Option(
      names = "--resume",
      defaultValue = "auto",
      description =
          "What to do with checkpoints: auto (go on from the newest that is sound, or begin),"
              + " required (fail where there is none), or never (delete them and the model, and begin"
              + " anew).")
  private String resume;

  @Option(
      names = "--checkpoint-steps",
      defaultValue = "1000",
      description = "How many steps between checkpoints; a multiple of 10.")
  private long checkpointSteps;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Decides initial values, order, augmentation and dropout.")
  private long seed;

  @Option(
      names = "--trace",
      defaultValue = "false",
      description =
          "Traces the tenth step: time and kernels by device and layer, bytes between devices, and"
              + " events for Perfetto, under trace/ in the work directory.")
  private boolean trace;

  @Option(
      names = "--stall-minutes",
      defaultValue = "10",
      description =
          "How long a step, or what is written, may be waited for before the training ends and says"
              + " for what; 0 for ever.")
  private double stallMinutes;

  @Option(
      names = "--overfit-one-batch",
      defaultValue = "false",
      description =
          "Only tries whether the network learns one batch by heart, without dropout, in 300 steps"
              + " or --steps: the first thing to do where nothing is learned. Writes nothing; ends"
              + " with 78 where it does not.")
  private boolean overfitOneBatch;

  @Inject
  TrainCommand(Console console, Trainer trainer, Termination termination) {
    super(console);
    this.console = console;
    this.trainer = requireNonNull(trainer, "trainer is null");
    this.termination = requireNonNull(termination, "termination is null");
  }

  @Override
  TrainingSettings settings() {
    boolean checks = overfitOneBatch && epochs == 0 && steps == 0;
    return new TrainingSettings(
        data,
        validation,
        workdir,
        network.preset(),
        network.without(),
        epochs,
        checks ? OVERFITTING_STEPS : steps,
        network.batch(),
        towers.precision(),
        new LearningPlan(
            learningRate, schedule, warmUp, scaleRate, freeze, rates, optimizer, initial()),
        towers.devices(),
        requireGpus,
        resume,
        checkpointSteps,
        seed,
        trace,
        stallMinutes);
  }

  private InitialModel initial() {
    return initialModel == null && initialLayers.isBlank()
        ? null
        : new InitialModel(initialModel, initialLayers);
  }

  @Override
  StepOutcome run(Progress progress) {
    if (overfitOneBatch) {
      OverfitResult result =
          termination.heededBy(
              () ->
                  trainer.overfitOneBatch(
                      settings(), progress, console::note, termination::isRequested));
      return StepOutcome.of(summary(result), result);
    }
    TrainingResult result =
        termination.heededBy(
            () -> trainer.train(settings(), progress, console::note, termination::isRequested));
    return StepOutcome.of(summary(result), result);
  }

  private static String summary(OverfitResult result) {
    return String.format(
        Locale.ROOT,
        "passed: %,d images learned by heart in %,d steps, loss %.3f at first and %.3f at last",
        result.images(),
        result.steps(),
        result.firstLoss(),
        result.loss());
  }

  private static String summary(TrainingResult result) {
    StringBuilder line = new StringBuilder(result.alreadyComplete() ? "complete already: " : "");
    line.append(
        String.format(Locale.ROOT, "model of %,d steps at %s", result.steps(), result.model()));
    append(line, ", loss %.3f", result.loss());
    append(line, ", validation top-1 error %.1f %%", 100 * result.top1Error());
    append(line, ", top-5 error %.1f %%", 100 * result.top5Error());
    if (!result.alreadyComplete()) {
      append(line, ", %,.0f images/s", result.imagesPerSecond());
    }
    return line.toString();
  }

  /** Adds what is known: a training that was complete before knows nothing of its course. */
  private static void append(StringBuilder line, String format, double value) {
    if (Double.isFinite(value)) {
      line.append(String.format(Locale.ROOT, format, value));
    }
  }
}
