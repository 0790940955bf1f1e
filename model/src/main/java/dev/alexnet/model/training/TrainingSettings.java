package dev.alexnet.model.training;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingGroup;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.training.shards.CacheSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** The settings of a training. */
public final class TrainingSettings extends Settings {
  private static final long serialVersionUID = 1L;

  private static final long OVERFITTING_STEPS = 300;
  private static final int SCRATCH_HASH_DIGITS = 12;

  /** The directory of cached shards in the scratch directory. */
  static final String SHARDS_ON_DISK = "shards";

  public static final Setting<Location> DATA =
      Setting.location("data").required().description("The dataset to train on.");

  public static final Setting<Location> VALIDATION =
      Setting.location("validation")
          .description(
              "The dataset whose errors are logged after every epoch; without it none are.");

  public static final Setting<Location> WORKDIR =
      Setting.location("workdir")
          .required()
          .description("The directory of checkpoints, logs and the model.");

  public static final Setting<Location> SCRATCH =
      Setting.location("scratch")
          .local()
          .ofMachine()
          .description(
              "The local directory for what is on its way to or from a bucket, if the work "
                  + "directory or the data are on gs://; by default one for the work directory "
                  + "among the system's temporary files.");

  public static final Setting<Integer> EPOCHS =
      Setting.integer("epochs")
          .defaultsTo(0)
          .atLeast(0)
          .description("How often every image is shown; 0 if --steps is given.");

  public static final Setting<Long> STEPS =
      Setting.longInteger("steps")
          .defaultsTo(0L)
          .atLeast(0)
          .description("How many batches; 0 if --epochs is given.");

  public static final Setting<Integer> REQUIRE_GPUS =
      Setting.integer("require-gpus")
          .defaultsTo(0)
          .atLeast(0)
          .ofMachine()
          .description("Fails at once if there are fewer GPUs than this.");

  public static final Setting<Boolean> DETERMINISTIC =
      Setting.flag("deterministic")
          .description(
              "Makes GPUs give the same bits each time, as the CPU always does, at some cost in "
                  + "speed; a resumed training then equals an uninterrupted one there too. Needs "
                  + "TF_DETERMINISTIC_OPS=1 in the environment, which the launcher sets for this "
                  + "option.");

  public static final Setting<Resume> RESUME =
      Setting.choice("resume", Resume.class)
          .defaultsTo(Resume.AUTO)
          .description(
              "What to do with checkpoints: auto (resume from the newest intact one, or start "
                  + "from the beginning), required (fail if there is none), or never (delete "
                  + "them and the model, and start from the beginning).");

  public static final Setting<Long> CHECKPOINT_STEPS =
      Setting.longInteger("checkpoint-steps")
          .defaultsTo(1000L)
          .mustBe(
              "a multiple of "
                  + TrainingRun.LOGGED_STEPS
                  + ", so that a resumed run logs the same as an uninterrupted one",
              steps -> steps >= 1 && steps % TrainingRun.LOGGED_STEPS == 0)
          .description("How many steps between checkpoints; a multiple of 10.");

  public static final Setting<Long> SEED =
      Setting.longInteger("seed")
          .defaultsTo(1L)
          .description("Decides initial values, order, augmentation and dropout.");

  public static final Setting<TrainingAugmentation> AUGMENTATION =
      Setting.choice("augmentation", TrainingAugmentation.class)
          .defaultsTo(TrainingAugmentation.PUBLISHED)
          .description(
              "What is changed in the images while they are read: published (random crops and mirror"
                  + " images, colour noise), no-colour-noise, or none (the centre of each image).");

  public static final Setting<Boolean> TRACE =
      Setting.flag("trace")
          .description(
              "Writes a trace of the tenth step: time and kernels by device and layer, bytes copied between "
                  + "devices, and events for Perfetto, under trace/ in the work directory.");

  public static final Setting<Double> STALL_MINUTES =
      Setting.number("stall-minutes")
          .defaultsTo(10.0)
          .mustBe("at least 0", minutes -> minutes >= 0 && Double.isFinite(minutes))
          .description(
              "How long a step or a write may take before the training stops and says what it "
                  + "was waiting for; 0 for no limit.");

  public static final Setting<Boolean> OVERFIT_ONE_BATCH =
      Setting.flag("overfit-one-batch")
          .description(
              "Only checks whether the network can learn one batch by heart, without dropout, "
                  + "in 300 steps or --steps: the first thing to try if nothing is learned. "
                  + "Writes nothing; exits with 78 if it cannot.");

  public static final SettingsDefinition<TrainingSettings> DEFINITION =
      SettingsDefinition.of(
              "train",
              TrainingSettings::new,
              DATA,
              VALIDATION,
              WORKDIR,
              EPOCHS,
              STEPS,
              SettingGroup.of(
                  "Network and devices",
                  NetworkSettings.NETWORK,
                  NetworkSettings.TOWERS,
                  REQUIRE_GPUS,
                  DETERMINISTIC),
              SettingGroup.of("Learning", LearningPlan.SETTINGS, AUGMENTATION, SEED),
              SettingGroup.of(
                  "Start and checkpoints", InitialModel.SETTINGS, RESUME, CHECKPOINT_STEPS),
              SettingGroup.of("Data on gs://", SCRATCH, CacheSettings.CACHE),
              SettingGroup.of("Checks", OVERFIT_ONE_BATCH, TRACE, STALL_MINUTES))
          .withRules(TrainingSettings::check);

  private TrainingSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<TrainingSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<TrainingSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        (epochs() > 0) != (steps() > 0),
        "epochs is %s and steps is %s; set exactly one of them, to 1 or more",
        epochs(),
        steps());
    problems.require(
        get(LearningPlan.SCHEDULE) != Schedule.PLATEAU || validation() != null,
        "schedule is 'plateau', but there is no validation set whose error could stop improving;"
            + " give --validation, or another schedule");
    problems.addFailureOf(() -> plan().check(network()));
    problems.addFailureOf(() -> Placement.check(devices(), preset()));
    problems.addFailureOf(this::checkInitialModel);
  }

  public Location data() {
    return get(DATA);
  }

  /** Null for none. */
  Location validation() {
    return get(VALIDATION);
  }

  public Location workdir() {
    return get(WORKDIR);
  }

  /**
   * Where the files of a training are that belong into a bucket, or come from one. The default
   * depends on the work directory, so the same command finds them again.
   */
  public Path scratch() {
    Location given = get(SCRATCH);
    if (given != null) {
      return given.localPath();
    }
    String hash = Sha256.of(workdir().value().getBytes(StandardCharsets.UTF_8));
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "alexnet-%s-%s"
            .formatted(System.getProperty("user.name"), hash.substring(0, SCRATCH_HASH_DIGITS)));
  }

  String preset() {
    return get(NetworkSettings.PRESET);
  }

  AlexNetSpec network() {
    return Presets.named(preset(), get(NetworkSettings.WITHOUT), get(NetworkSettings.ACTIVATION));
  }

  int batch() {
    return get(NetworkSettings.BATCH);
  }

  Precision precision() {
    return get(NetworkSettings.PRECISION);
  }

  String devices() {
    return get(NetworkSettings.DEVICES);
  }

  /** 0 if {@link #steps} is given. */
  int epochs() {
    return get(EPOCHS);
  }

  public int requireGpus() {
    return get(REQUIRE_GPUS);
  }

  boolean deterministic() {
    return get(DETERMINISTIC);
  }

  Resume resume() {
    return get(RESUME);
  }

  long checkpointSteps() {
    return get(CHECKPOINT_STEPS);
  }

  long seed() {
    return get(SEED);
  }

  TrainingAugmentation augmentation() {
    return get(AUGMENTATION);
  }

  boolean trace() {
    return get(TRACE);
  }

  public boolean overfitOneBatch() {
    return get(OVERFIT_ONE_BATCH);
  }

  /** How many batches; 0 if {@link #epochs} is given. */
  long steps() {
    boolean checksOnly = overfitOneBatch() && epochs() == 0 && get(STEPS) == 0;
    return checksOnly ? OVERFITTING_STEPS : get(STEPS);
  }

  /** How fast each layer learns. */
  LearningPlan plan() {
    return new LearningPlan(
        get(LearningPlan.LEARNING_RATE),
        get(LearningPlan.SCHEDULE),
        get(LearningPlan.WARM_UP),
        get(LearningPlan.SCALE_RATE),
        get(LearningPlan.FREEZE),
        get(LearningPlan.RATES),
        get(LearningPlan.OPTIMIZER),
        get(LearningPlan.MOMENTUM),
        get(LearningPlan.WEIGHT_DECAY),
        get(LearningPlan.RELEASE));
  }

  /** What layers start with; null for random values. */
  InitialModel initialModel() {
    Location directory = get(InitialModel.DIRECTORY);
    String layers = get(InitialModel.LAYERS);
    return directory == null && layers.isBlank() ? null : new InitialModel(directory, layers);
  }

  /** How many steps there are in all. */
  long totalSteps(long stepsPerEpoch) {
    return steps() > 0 ? steps() : epochs() * stepsPerEpoch;
  }

  /** How many bytes of the disk the shards of datasets on gs:// may take. */
  ByteSize cache() {
    return get(CacheSettings.CACHE);
  }

  /** Where they are then. */
  Path cacheDirectory() {
    return scratch().resolve(SHARDS_ON_DISK);
  }

  /** How long a step or a write may take; zero for no limit. */
  Duration stallPatience() {
    return Duration.ofMillis(Math.round(60_000 * get(STALL_MINUTES)));
  }

  private void checkInitialModel() {
    InitialModel initial = initialModel();
    if (initial == null) {
      return;
    }
    initial.check(network());
    new Problems("train")
        .require(
            Stream.of(Trainer.MODEL, Trainer.CHECKPOINTS)
                .map(workdir()::resolve)
                .noneMatch(initial.directory()::isWithin),
            "initial-model is in the workdir %s, whose model and checkpoints this training"
                + " replaces; give another --workdir",
            workdir())
        .throwIfAny();
  }
}
