package dev.alexnet.ops.command;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.model.training.shards.CacheSettings;
import dev.alexnet.ops.job.StepSelection;
import java.util.List;
import java.util.Map;

/** The job file, and the work directory. */
final class RunSettings extends Settings {
  private static final long serialVersionUID = 1L;

  static final Setting<Location> CONFIG =
      Setting.location("config").description("The job file in YAML; by default the built-in job.");

  static final Setting<Location> WORKDIR =
      Setting.location("workdir")
          .defaultsTo(new Location("runs/default"))
          .description("The directory for everything that the job makes, local or on gs://.");

  static final Setting<Boolean> PRINT_CONFIG =
      Setting.flag("print-config")
          .description("Only prints the job file with all its settings, defaults included.");

  static final Setting<Boolean> DRY_RUN =
      Setting.flag("dry-run")
          .description(
              "Only shows what is done, what would be made and why. Changes nothing, and reads no shards to verify them.");

  static final Setting<Boolean> MEASURE =
      Setting.flag("measure")
          .description(
              "With --dry-run: also runs a few training steps of each network, and tells how long the trainings would take on this machine, without reading pictures.");

  static final Setting<List<String>> REDO =
      Setting.texts("redo")
          .label("STEP")
          .description(
              "Makes these steps anew, and what was made from them. The former results are kept until there are new ones. Asks first if there is a terminal. Several are separated by commas.");

  static final Setting<Boolean> YES =
      Setting.flag("yes").description("Lets --redo replace results without asking.");

  static final Setting<String> FROM =
      Setting.text("from")
          .label("STEP")
          .description(
              "Looks only at this step and those after it. The earlier ones must be done, and are not verified.");

  static final Setting<List<String>> ONLY =
      Setting.texts("only")
          .label("STEP")
          .description(
              "Looks only at these steps. What they are made from must be done, and is not verified.");

  static final Setting<String> ATTEMPT =
      Setting.text("attempt")
          .label("NAME")
          .mustBe(
              "letters, digits, dots and hyphens",
              name -> name.isEmpty() || name.matches("[A-Za-z0-9][A-Za-z0-9.-]*"))
          .description(
              "A name for this attempt at the job. What is shown while it runs, and how it ends, is then "
                  + "kept under attempts/ in the work directory.");

  /** What a job file may say of a training, but whoever starts it decides. */
  static final List<Setting<?>> OF_MACHINE =
      List.of(
          TrainingSettings.REQUIRE_GPUS,
          TrainingSettings.SCRATCH,
          CacheSettings.CACHE,
          TrainingSettings.DETERMINISTIC);

  static final SettingsDefinition<RunSettings> DEFINITION =
      SettingsDefinition.of(
              "run",
              RunSettings::new,
              CONFIG,
              WORKDIR,
              PRINT_CONFIG,
              DRY_RUN,
              MEASURE,
              REDO,
              YES,
              FROM,
              ONLY,
              ATTEMPT,
              OF_MACHINE)
          .withRules(RunSettings::check);

  private RunSettings(Values values) {
    super(values);
  }

  private void check(Problems problems) {
    problems.require(
        !printConfig() || (!dryRun() && selection().equals(StepSelection.all())),
        "print-config prints the whole job file and looks at no step; leave out --dry-run, --redo, --from and --only");
    problems.require(
        !measure() || dryRun(),
        "measure tells what a run would take; add --dry-run, or leave it out");
  }

  @Override
  public SettingsDefinition<RunSettings> definition() {
    return DEFINITION;
  }

  boolean measure() {
    return get(MEASURE);
  }

  /** Null for the built-in one. */
  Location config() {
    return get(CONFIG);
  }

  /** Empty for none. */
  String attempt() {
    return get(ATTEMPT);
  }

  /** The settings of this machine that were given, as text by name. */
  Map<String, String> ofMachine() {
    return textOfGiven(OF_MACHINE);
  }

  StepSelection selection() {
    return new StepSelection(get(REDO), get(FROM), get(ONLY), get(YES));
  }

  boolean dryRun() {
    return get(DRY_RUN);
  }

  boolean printConfig() {
    return get(PRINT_CONFIG);
  }

  Location workdir() {
    return get(WORKDIR);
  }
}
