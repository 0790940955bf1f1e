package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelExport;
import dev.alexnet.model.prediction.Predictor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Trains a network on a dataset, from its newest checkpoint on, and exports it as a model. */
public final class Trainer {
  /** The model's directory within the work directory. */
  public static final String MODEL = "model";

  /** The checkpoints' directory within the work directory. */
  public static final String CHECKPOINTS = "checkpoints";

  /** The log's name within the work directory: a JSON object a line, each with its step. */
  public static final String METRICS = TrainingLog.METRICS;

  private final TrainingSettings settings;
  private final ObjectStore store;
  private final Progress progress;
  private final Consumer<String> notices;
  private final Clock clock;
  private final BooleanSupplier stopRequested;

  private Trainer(
      TrainingSettings settings,
      ObjectStore store,
      Progress progress,
      Consumer<String> notices,
      Clock clock,
      BooleanSupplier stopRequested) {
    this.settings = settings;
    this.store = store;
    this.progress = progress;
    this.notices = notices;
    this.clock = clock;
    this.stopRequested = stopRequested;
  }

  /**
   * Trains. A killed run is continued by the same call, with the same results as an undisturbed
   * one; a finished one is left as it is.
   *
   * @param notices hears what a person should know: devices, checkpoints left out
   * @param stopRequested asked after every step and every batch of a validation; where it is true,
   *     a checkpoint of the last step is committed and the training ends as INTERRUPTED
   * @throws Failure of kind MISMATCH where the datasets, the network and earlier checkpoints do not
   *     fit each other, NOT_FINITE where the loss explodes or a weight is no number, OUTPUT_EXISTS
   *     where another run works in the directory
   */
  public static TrainingResult train(
      TrainingSettings settings,
      ObjectStore store,
      Progress progress,
      Consumer<String> notices,
      Clock clock,
      BooleanSupplier stopRequested) {
    Trainer trainer = new Trainer(settings, store, progress, notices, clock, stopRequested);
    return DirectoryLock.holding(settings.workdir(), trainer::train);
  }

  private TrainingResult train() {
    AlexNetSpec spec = settings.network();
    Dataset data = Dataset.open(store, settings.data());
    Dataset validation =
        settings.validation() == null ? null : Dataset.open(store, settings.validation());
    DatasetFit.check(spec, data, validation);
    Location model = settings.workdir().resolve(MODEL);
    Optional<InitialLayers> initial =
        Optional.ofNullable(settings.plan().initialModel())
            .map(from -> InitialLayers.open(store, from, data));
    Map<String, String> trajectory = trajectory(data, initial);
    Optional<ModelDescription> finished = finished(model);
    if (finished.isPresent()) {
      SettingsDifference.refuse(
          model.value(), finished.get().settings(), trajectory, Failure.Kind.OUTPUT_EXISTS);
      return new TrainingResult(
          model,
          finished.get().steps(),
          finished.get().steps(),
          true,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          0);
    }
    Precision precision = Precision.named(settings.precision());
    Devices.Choice choice =
        Devices.placement(settings.devices(), spec.towers(), settings.requireGpus());
    Placement placement = choice.placement();
    notices.accept("Towers on " + placement + " in " + precision + ": " + choice.reason());
    Devices.checkExact(placement, precision, System.getenv(Devices.TF32));
    Course course = Course.of(settings, TrainingSession.stepsPerEpoch(data, settings.batch()));
    noticeStoredColours(data, course);
    // A model of an earlier training must not be taken for this one's.
    store.deleteDirectory(model);
    try (TrainingSession session =
        new TrainingSession(
            spec,
            placement,
            precision,
            data,
            validation,
            settings.plan().updateRule(),
            settings.batch(),
            settings.seed(),
            course::disturbsColour)) {
      TrainingRun.Outcome outcome =
          TrainingRun.toTheEnd(
              settings,
              session,
              trajectory,
              initial,
              progress,
              notices,
              clock,
              stopRequested,
              Math.log(data.manifest().classes().size()));
      ModelExport.write(
          store,
          model,
          spec,
          new ModelExport.Facts(
              data.manifest().labels(), data.meanImage(), outcome.steps(), data.hash(), trajectory),
          session::value);
      return outcome.result(model);
    }
  }

  private void noticeStoredColours(Dataset data, Course course) {
    List<String> stored = data.manifest().operations();
    if (!stored.isEmpty()
        && Augmentation.parse(String.join(" | ", stored)).hasColour()
        && !course.disturbsColour(course.totalSteps() - 1)) {
      notices.accept(
          "The colours of "
              + data.location()
              + " were disturbed when it was augmented, and stay so to the end; on a dataset that"
              + " is not augmented --schedule "
              + settings.plan().schedule()
              + " shows them undisturbed in the end, as published");
    }
  }

  private Optional<ModelDescription> finished(Location model) {
    boolean anew = settings.resume().equals("never");
    return !anew && store.exists(model.resolve(ModelDescription.FILE))
        ? Optional.of(Predictor.describe(store, model))
        : Optional.empty();
  }

  /** All that the course of the training depends on, by name. */
  private Map<String, String> trajectory(Dataset data, Optional<InitialLayers> initial) {
    LearningPlan plan = settings.plan();
    Map<String, String> trajectory = new TreeMap<>();
    trajectory.put("preset", settings.network().name());
    trajectory.put("epochs", Integer.toString(settings.epochs()));
    trajectory.put("steps", Long.toString(settings.steps()));
    trajectory.put("batch", Integer.toString(settings.batch()));
    trajectory.put("precision", settings.precision());
    trajectory.put("learning-rate", Double.toString(plan.startRate(settings.batch())));
    trajectory.put("schedule", plan.schedule());
    trajectory.put("warm-up", Double.toString(plan.warmUpEpochs()));
    trajectory.put("optimizer", plan.optimizer());
    trajectory.put("rates", plan.layerFactors(settings.network()).toString());
    trajectory.put("initial-model", initial.map(InitialLayers::identity).orElse("none"));
    trajectory.put("seed", Long.toString(settings.seed()));
    trajectory.put("dataset", data.hash());
    return trajectory;
  }
}
