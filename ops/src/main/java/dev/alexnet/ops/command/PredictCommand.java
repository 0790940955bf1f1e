package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.console.ProgressLine;
import dev.alexnet.ops.parsing.OutputOptions;
import dev.alexnet.ops.parsing.SettingOptions;
import dev.alexnet.ops.parsing.SettingsCommand;
import dev.alexnet.ops.prediction.Bar;
import dev.alexnet.ops.prediction.PicturePrediction;
import dev.alexnet.ops.prediction.PicturePredictor;
import dev.alexnet.ops.prediction.PredictSettings;
import dev.alexnet.ops.prediction.Predictions;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "predict",
    description = {
      "Classifies pictures. They are scaled, cropped and viewed as in 'convert' and 'score'. Unreadable pictures are listed with the reason, and the exit code is then 65.",
      ""
    },
    customSynopsis = "alexnet predict [OPTIONS] FILE|FOLDER...%n",
    footer = "  alexnet predict --model training/model --views 10 cat.jpg holidays")
final class PredictCommand implements Callable<Integer>, SettingsCommand {
  private static final int BAR_WIDTH = 24;

  private final Console console;
  private final PicturePredictor predictor;

  @Spec private CommandSpec spec;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Inject
  PredictCommand(Console console, PicturePredictor predictor) {
    this.console = requireNonNull(console, "console is null");
    this.predictor = requireNonNull(predictor, "predictor is null");
  }

  @Override
  public SettingsDefinition<PredictSettings> definition() {
    return PredictSettings.DEFINITION;
  }

  @Override
  public Integer call() {
    PredictSettings settings = SettingOptions.read(spec, definition());
    Predictions predictions;
    try (ProgressLine progress = console.progress("predict")) {
      predictions = predictor.run(settings, progress, console::note);
    }
    if (output.isJson()) {
      console.out().println(Json.result(Map.of("command", "predict", "result", predictions)));
    } else {
      predictions.pictures().forEach(prediction -> console.out().print(textOf(prediction)));
      console.out().flush();
    }
    long damaged = predictions.unreadable();
    if (damaged > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%,d of %,d pictures could not be read, see above"
              .formatted(damaged, predictions.pictures().size()));
    }
    return CommandLine.ExitCode.OK;
  }

  private static String textOf(PicturePrediction prediction) {
    if (prediction.problem() != null) {
      return prediction.file() + "\n  not read: " + prediction.problem() + "\n";
    }
    StringBuilder text = new StringBuilder(prediction.file()).append('\n');
    for (PicturePrediction.Guess guess : prediction.guesses()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %5.1f %%  %s  %s%n",
              100 * guess.probability(),
              Bar.of(guess.probability(), BAR_WIDTH),
              guess.name()));
    }
    return text.toString();
  }
}
