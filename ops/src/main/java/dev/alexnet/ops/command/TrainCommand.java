package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.model.network.LocalDevices;
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

@Command(
    name = "train",
    description = {
      "Trains a network on a dataset, and resumes from the newest checkpoint if there is one.",
      ""
    },
    customSynopsis = "alexnet train [OPTIONS]%n",
    footer = {
      "  alexnet train --data dataset/train --validation dataset/validation \\",
      "      --workdir training --epochs 90"
    })
final class TrainCommand extends StepCommand<TrainingSettings> {
  private final Trainer trainer;
  private final Termination termination;

  @Inject
  TrainCommand(Console console, Trainer trainer, Termination termination) {
    super(console);
    this.trainer = requireNonNull(trainer, "trainer is null");
    this.termination = requireNonNull(termination, "termination is null");
  }

  @Override
  public SettingsDefinition<TrainingSettings> definition() {
    return TrainingSettings.DEFINITION;
  }

  @Override
  public void requireMachine() {
    LocalDevices.requireGpus(settings().requireGpus());
  }

  @Override
  StepOutcome run(Progress progress) {
    if (settings().overfitOneBatch()) {
      OverfitResult result =
          termination.heededBy(
              () ->
                  trainer.overfitOneBatch(
                      settings(), progress, this::note, termination::isRequested));
      return StepOutcome.of(summary(result), result);
    }
    TrainingResult result =
        termination.heededBy(
            () -> trainer.train(settings(), progress, this::note, termination::isRequested));
    return StepOutcome.of(summary(result), result);
  }

  private static String summary(OverfitResult result) {
    return String.format(
        Locale.ROOT,
        "passed: %,d images memorised in %,d steps; the loss was %.3f at first and %.3f at the end",
        result.images(),
        result.steps(),
        result.firstLoss(),
        result.loss());
  }

  private static String summary(TrainingResult result) {
    StringBuilder line = new StringBuilder(result.alreadyComplete() ? "already complete: " : "");
    line.append(
        String.format(Locale.ROOT, "model of %,d steps at %s", result.steps(), result.model()));
    append(line, ", loss %.3f", result.loss());
    append(line, ", validation top-1 error %.1f %%", 100 * result.top1Error());
    append(line, ", top-5 error %.1f %%", 100 * result.top5Error());
    if (Double.isFinite(result.top1Error()) && !Double.isFinite(result.top5Error())) {
      line.append(", no top-5 error (five guesses always have one of five classes or fewer)");
    }
    if (!result.alreadyComplete()) {
      append(line, ", %,.0f images/s", result.imagesPerSecond());
    }
    return line.toString();
  }

  /** Adds a value if it is known: a training that was already complete has no loss and no speed. */
  private static void append(StringBuilder line, String format, double value) {
    if (Double.isFinite(value)) {
      line.append(String.format(Locale.ROOT, format, value));
    }
  }
}
