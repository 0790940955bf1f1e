package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.infra.storage.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.arithmetic.CheckedArithmetic;
import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelExport;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.prediction.Predictor;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tensorflow.exceptions.TensorFlowException;

/** Trains a network on a dataset, from its newest checkpoint on, and exports it as a model. */
public final class Trainer {
  /** The model's directory within the work directory. */
  public static final String MODEL = "model";

  /** The checkpoints' directory within the work directory. */
  public static final String CHECKPOINTS = "checkpoints";

  /** The log's name within the work directory: a JSON object a line, each with its step. */
  public static final String METRICS = TrainingLog.METRICS;

  private final ObjectStore store;
  private final Clock clock;

  /**
   * @param store holds the datasets, the initial model and the exported one
   * @param clock stamps the log
   */
  @Inject
  public Trainer(ObjectStore store, Clock clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Trains. A killed run is continued by the same call, with the same results as an undisturbed
   * one; a finished one is left as it is, unless more steps are asked for than it has.
   *
   * @param notices hears what a person should know: devices, checkpoints left out
   * @param stopRequested asked after every step and every batch of a validation; where it is true,
   *     a checkpoint of the last step is committed and the training ends as INTERRUPTED
   * @throws Failure of kind USAGE where the warm-up is longer than the training, MISMATCH where the
   *     datasets, the network and earlier checkpoints do not fit each other, NOT_FINITE where the
   *     loss explodes or a weight is no number, OUTPUT_EXISTS where another run works in the
   *     directory, DEVICE where a device fails, computes wrongly, or a step does not come back from
   *     it
   */
  public TrainingResult train(
      TrainingSettings settings,
      Progress progress,
      Consumer<String> notices,
      BooleanSupplier stopRequested) {
    return DirectoryLock.holding(
        settings.workdir(), () -> trainAlone(settings, progress, notices, stopRequested));
  }

  /**
   * Tries whether the network learns one batch by heart, without dropout and at the rate of the
   * start. Nothing is written.
   *
   * @param settings with how many steps that may take
   * @throws Failure of kind MISMATCH where it does not, or where network and datasets do not fit
   *     each other
   */
  public OverfitResult overfitOneBatch(
      TrainingSettings settings,
      Progress progress,
      Consumer<String> notices,
      BooleanSupplier stopRequested) {
    AlexNetSpec spec = settings.network().withoutDropout();
    Dataset data = Dataset.open(store, settings.data());
    DatasetFit.check(spec, data, null, settings.batch());
    OverfitCheck.requireChoice(data);
    Course course = Course.of(settings, TrainingSession.stepsPerEpoch(data, settings.batch()));
    SessionPlan plan = plan(settings, spec, data, null, course, notices).plan();
    try (StallWatch watch = new StallWatch(settings.stallPatience(), notices);
        TrainingSession session = new TrainingSession(plan, data, null, watch)) {
      double chanceLoss = Math.log(data.manifest().classes().size());
      return new OverfitCheck(session, course.start(), chanceLoss, course.totalSteps())
          .run(progress, stopRequested);
    } catch (TensorFlowException e) {
      throw StepFailure.ofDevices(plan.placement().toString(), e);
    }
  }

  /** A plan whose arithmetic was checked. */
  private record CheckedPlan(SessionPlan plan, CheckedArithmetic arithmetic) {}

  /** Chooses the devices and kernels, and refuses what they or the memory cannot do. */
  private static CheckedPlan plan(
      TrainingSettings settings,
      AlexNetSpec spec,
      Dataset data,
      Dataset validation,
      Course course,
      Consumer<String> notices) {
    Precision precision = settings.precision();
    Devices.Choice choice =
        Devices.placement(settings.devices(), spec.towers(), settings.requireGpus());
    Placement placement = choice.placement();
    notices.accept("Towers on " + placement + " in " + precision + ": " + choice.reason());
    Devices.checkExact(placement, precision, System.getenv(Devices.TF32));
    int classes = data.manifest().classes().size();
    MemoryNeed.require(spec, classes, settings.batch(), placement, notices);
    Execution usual = Execution.on(placement, precision);
    CheckedArithmetic arithmetic =
        TrainingArithmetic.check(
            spec,
            classes,
            usual,
            settings.batch(),
            Stream.of(data, validation)
                .filter(set -> set != null)
                .map(set -> set.manifest().records())
                .toList());
    arithmetic.replacements().forEach(notices);
    SessionPlan plan =
        new SessionPlan(
            spec,
            usual.by(arithmetic.over(Kernels.ofTensorFlow())),
            settings.plan().updateRule(),
            settings.batch(),
            settings.seed(),
            course::disturbsColour);
    return new CheckedPlan(plan, arithmetic);
  }

  private TrainingResult trainAlone(
      TrainingSettings settings,
      Progress progress,
      Consumer<String> notices,
      BooleanSupplier stopRequested) {
    AlexNetSpec spec = settings.network();
    Dataset data = Dataset.open(store, settings.data());
    Dataset validation =
        settings.validation() == null ? null : Dataset.open(store, settings.validation());
    DatasetFit.check(spec, data, validation, settings.batch());
    data.oneClassNotice().ifPresent(notices);
    Location model = settings.workdir().resolve(MODEL);
    Optional<InitialLayers> initial =
        Optional.ofNullable(settings.initialModel())
            .map(from -> InitialLayers.open(store, from, data));
    Course course = Course.of(settings, TrainingSession.stepsPerEpoch(data, settings.batch()));
    course.requireWholeWarmUp();
    Map<String, String> trajectory = trajectory(settings, data, validation, initial);
    Optional<ModelDescription> finished = finished(settings, model);
    if (finished.isPresent()) {
      SettingsDifference.refuse(
          model.value(), finished.get().settings(), trajectory, Failure.Kind.OUTPUT_EXISTS);
      long steps = finished.get().steps();
      refuseShorter(model, steps, course.totalSteps());
      if (steps == course.totalSteps()) {
        if (ModelInspection.of(store, model).findings().isEmpty()) {
          return TrainingResult.complete(model, steps);
        }
        notices.accept(
            "The model " + model + " is damaged, and is exported again from its last checkpoint");
      }
    }
    CheckedPlan checked = plan(settings, spec, data, validation, course, notices);
    SessionPlan plan = checked.plan();
    noticeStoredColours(settings, data, course, notices);
    try (StallWatch watch = new StallWatch(settings.stallPatience(), notices);
        TrainingSession session = new TrainingSession(plan, data, validation, watch)) {
      Checkpoints checkpoints =
          new Checkpoints(settings.workdir().localPath().resolve(CHECKPOINTS));
      Resumption resumption =
          Resumption.of(
              settings,
              session,
              checkpoints,
              trajectory,
              initial,
              finished.isPresent() || settings.resume() == Resume.REQUIRED,
              notices);
      // What an earlier training left must not be taken for this one's. It goes only now, when
      // nothing refuses this one any more.
      if (finished.isEmpty()) {
        store.deleteDirectory(model);
      }
      if (settings.resume() == Resume.NEVER) {
        checkpoints.deleteAll();
      }
      TrainingRun.Outcome outcome =
          TrainingRun.toTheEnd(
              settings,
              session,
              checkpoints,
              resumption,
              trajectory,
              progress,
              notices,
              clock,
              stopRequested,
              Math.log(data.manifest().classes().size()),
              watch);
      ModelExport.Facts facts =
          new ModelExport.Facts(
              data.manifest().labels(),
              data.meanImage(),
              outcome.steps(),
              data.hash(),
              trajectory,
              outcome.replacedOperations());
      watch.during(
          Duration.ZERO,
          () -> ModelExport.write(store, model, spec, facts, session.variables()::value),
          () -> StalledStep.writing(model.localPath()));
      return outcome.result(model, ArithmeticSummary.of(checked.arithmetic()));
    } catch (TensorFlowException e) {
      throw StepFailure.ofDevices(plan.placement().toString(), e);
    }
  }

  private static void noticeStoredColours(
      TrainingSettings settings, Dataset data, Course course, Consumer<String> notices) {
    List<String> stored = data.manifest().operations();
    if (!stored.isEmpty()
        && Augmentation.parse(String.join(" | ", stored)).hasColour()
        && !course.disturbsColour(course.totalSteps() - 1)) {
      notices.accept(
          "The colours of "
              + data.location()
              + " were disturbed when it was augmented, and stay so to the end; on a dataset that"
              + " is not augmented --schedule "
              + SettingType.word(settings.plan().schedule())
              + " shows them undisturbed in the end, as published");
    }
  }

  private static void refuseShorter(Location model, long trained, long asked) {
    if (trained > asked) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s was trained %d steps, more than the %d that are asked for. Use another --workdir, or --resume never to begin anew"
              .formatted(model, trained, asked));
    }
  }

  private Optional<ModelDescription> finished(TrainingSettings settings, Location model) {
    boolean anew = settings.resume() == Resume.NEVER;
    return !anew && store.exists(model.resolve(ModelDescription.FILE))
        ? Optional.of(Predictor.describe(store, model))
        : Optional.empty();
  }

  /** All that the course of the training depends on, by name. */
  private static Map<String, String> trajectory(
      TrainingSettings settings,
      Dataset data,
      Dataset validation,
      Optional<InitialLayers> initial) {
    LearningPlan plan = settings.plan();
    Map<String, String> trajectory = new TreeMap<>();
    trajectory.put("preset", settings.network().name());
    trajectory.put("epochs", Integer.toString(settings.epochs()));
    trajectory.put("steps", Long.toString(settings.steps()));
    trajectory.put("batch", Integer.toString(settings.batch()));
    trajectory.put("precision", SettingType.word(settings.precision()));
    trajectory.put("learning-rate", Double.toString(plan.startRate(settings.batch())));
    trajectory.put("schedule", SettingType.word(plan.schedule()));
    trajectory.put("warm-up", Double.toString(plan.warmUpEpochs()));
    trajectory.put("optimizer", SettingType.word(plan.optimizer()));
    trajectory.put("rates", plan.layerFactors(settings.network()).toString());
    trajectory.put("initial-model", initial.map(InitialLayers::identity).orElse("none"));
    trajectory.put("seed", Long.toString(settings.seed()));
    trajectory.put("dataset", data.hash());
    if (validation != null) {
      trajectory.put(SettingsDifference.VALIDATION, validation.hash());
    }
    return trajectory;
  }
}
