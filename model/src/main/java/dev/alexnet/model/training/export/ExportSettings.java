package dev.alexnet.model.training.export;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.checkpoint.CheckpointChoice;

/** Which checkpoint to export as a model. */
public final class ExportSettings extends Settings {
  private static final long serialVersionUID = 1L;

  public static final Setting<Location> TRAINING =
      Setting.location("training").required().description("The --workdir of the training.");

  public static final Setting<String> CHECKPOINT =
      Setting.text("checkpoint")
          .label("CHECKPOINT")
          .defaultsTo(CheckpointChoice.LAST)
          .mustBe("best, last or the number of a step", CheckpointChoice::isOne)
          .description(
              "last, best (the lowest validation error of those that are kept), or the number of a"
                  + " step.");

  public static final Setting<Location> DATA =
      Setting.location("data")
          .required()
          .description("The dataset that was trained on: the model has its classes and its mean.");

  public static final Setting<Location> OUTPUT =
      Setting.location("output").required().description("The directory for the model.");

  public static final SettingsDefinition<ExportSettings> DEFINITION =
      SettingsDefinition.of("export", ExportSettings::new, TRAINING, CHECKPOINT, DATA, OUTPUT)
          .withRules(ExportSettings::check);

  private ExportSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<ExportSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<ExportSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        !output().isWithin(checkpoints())
            && !output().isWithin(get(TRAINING).resolve(Trainer.MODEL)),
        "output is %s, among what the training writes itself; choose another directory",
        output());
  }

  /** The directory of the training's checkpoints. */
  public Location checkpoints() {
    return get(TRAINING).resolve(Trainer.CHECKPOINTS);
  }

  public String checkpoint() {
    return get(CHECKPOINT);
  }

  public Location data() {
    return get(DATA);
  }

  public Location output() {
    return get(OUTPUT);
  }
}
