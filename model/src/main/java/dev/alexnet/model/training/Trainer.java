package dev.alexnet.model.training;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.ArithmeticSummary;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.model.prediction.ModelExport;
import dev.alexnet.model.prediction.ModelInspection;
import dev.alexnet.model.prediction.Predictor;
import dev.alexnet.model.training.checkpoint.Checkpoints;
import dev.alexnet.model.training.device.DevicePlan;
import dev.alexnet.model.training.log.TrainingLog;
import dev.alexnet.model.training.shards.ShardCache;
import dev.alexnet.model.training.shards.ShardSource;
import dev.alexnet.model.training.step.DatasetFit;
import dev.alexnet.model.training.step.SessionPlan;
import dev.alexnet.model.training.step.StepFailure;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Trains a network on a dataset, resuming from the newest checkpoint, and exports it as a model.
 */
public final class Trainer {
  /** The model's directory within the work directory. */
  public static final String MODEL = "model";

  /** The checkpoints' directory within the work directory. */
  public static final String CHECKPOINTS = "checkpoints";

  /** The log's name within the work directory: one JSON object per line, each with its step. */
  public static final String METRICS = TrainingLog.METRICS;

  /** How the names start of what is logged after each epoch. */
  public static final String LOGGED_AFTER_EPOCHS = TrainingLog.MEAN_WEIGHT;

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
   * Trains. A killed run is continued by the same call, with the same results as an uninterrupted
   * one; a finished one is left as it is, unless more steps are requested than it has.
   *
   * @param notices receives what the user should know: devices, skipped checkpoints
   * @param stopRequested asked after every step and every batch of a validation; if it is true, a
   *     checkpoint of the last step is committed and the training ends as INTERRUPTED
   * @throws Failure of kind USAGE if the warm-up is longer than the training, MISMATCH if the
   *     datasets, the network and earlier checkpoints do not match, NOT_FINITE if the loss explodes
   *     or a weight is not finite, OUTPUT_EXISTS if another run works in the directory, DEVICE if a
   *     device fails, computes wrongly, or a step hangs on it, REMOTE if a checkpoint cannot be
   *     published: it is on the local disk then, and the same call continues from it
   */
  public TrainingResult train(
      TrainingSettings settings,
      Progress progress,
      Consumer<String> notices,
      BooleanSupplier stopRequested) {
    // A finished training needs no right to write. The rest is checked again, and told, once nobody
    // else can change it.
    return completed(context(settings, Progress.SILENT, notice -> {}, stopRequested))
        .orElseGet(
            () ->
                DirectoryLock.holding(
                    store,
                    settings.workdir(),
                    notices,
                    held ->
                        new Trainer(held, clock)
                            .trainAlone(settings, progress, notices, stopRequested)));
  }

  /**
   * Checks whether the network can overfit one batch, without dropout and at the initial rate.
   * Nothing is written.
   *
   * @param settings with the largest number of steps
   * @throws Failure of kind MISMATCH if it cannot, or if network and datasets do not match
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
    TrainingSchedule schedule =
        TrainingSchedule.of(settings, TrainingSession.stepsPerEpoch(data, settings.batch()));
    DevicePlan devices = devices(settings, spec, List.of(data), notices);
    SessionPlan plan = sessionPlan(settings, spec, devices, schedule);
    try (StallWatch watch = new StallWatch(settings.stallPatience(), notices);
        ShardSource shards = shards(settings, List.of(data), watch, notices);
        TrainingSession session = new TrainingSession(plan, data, null, shards, watch)) {
      double chanceLoss = Math.log(data.manifest().classes().size());
      return new OverfitCheck(session, schedule.start(), chanceLoss, schedule.totalSteps())
          .run(progress, stopRequested);
    } catch (TensorFlowException e) {
      throw StepFailure.ofDevices(plan.placement().toString(), e);
    }
  }

  private static DevicePlan devices(
      TrainingSettings settings,
      AlexNetSpec spec,
      List<Dataset> datasets,
      Consumer<String> notices) {
    return DevicePlan.of(
        new DevicePlan.Request(
            spec,
            datasets.get(0).manifest().classes().size(),
            settings.batch(),
            settings.precision(),
            settings.devices(),
            settings.requireGpus(),
            settings.deterministic(),
            datasets.stream().map(dataset -> dataset.manifest().records()).toList()),
        notices,
        notices);
  }

  private ShardSource shards(
      TrainingSettings settings,
      List<Dataset> datasets,
      StallWatch watch,
      Consumer<String> notices) {
    return ShardCache.open(
        store, settings.cacheDirectory(), settings.cache(), datasets, watch, notices);
  }

  private static SessionPlan sessionPlan(
      TrainingSettings settings, AlexNetSpec spec, DevicePlan devices, TrainingSchedule schedule) {
    return new SessionPlan(
        spec,
        devices.execution(),
        settings.plan().updateRule(),
        settings.batch(),
        settings.seed(),
        settings.augmentation() != TrainingAugmentation.NONE,
        schedule::addsPcaNoise);
  }

  private TrainingResult trainAlone(
      TrainingSettings settings,
      Progress progress,
      Consumer<String> notices,
      BooleanSupplier stopRequested) {
    TrainingContext context = context(settings, progress, notices, stopRequested);
    context.data().oneClassNotice().ifPresent(notices);
    return completed(context)
        .orElseGet(
            () ->
                context.workdir().holdingScratch(store, context.notices(), () -> trained(context)));
  }

  /** Opens everything that the training reads, and checks whether it fits. */
  private TrainingContext context(
      TrainingSettings settings,
      Progress progress,
      Consumer<String> notices,
      BooleanSupplier stopRequested) {
    Dataset data = Dataset.open(store, settings.data());
    Optional<Dataset> validation =
        Optional.ofNullable(settings.validation()).map(at -> Dataset.open(store, at));
    DatasetFit.check(settings.network(), data, validation.orElse(null), settings.batch());
    StoredAugmentation.requireFit(data, settings.augmentation());
    Optional<InitialLayers> initial =
        Optional.ofNullable(settings.initialModel())
            .map(from -> InitialLayers.open(store, from, data));
    TrainingSchedule schedule =
        TrainingSchedule.of(settings, TrainingSession.stepsPerEpoch(data, settings.batch()));
    schedule.requireWholeWarmUp();
    return new TrainingContext(
        settings,
        data,
        validation,
        initial,
        schedule,
        Trajectory.of(settings, data, validation, initial),
        progress,
        notices,
        stopRequested);
  }

  /** The result of a finished training, if nothing is left to do. */
  private Optional<TrainingResult> completed(TrainingContext context) {
    return finished(context)
        .filter(model -> isComplete(context, model))
        .map(model -> TrainingResult.complete(context.model(), model.steps()));
  }

  /** The model of an earlier training, if it is not to be replaced. */
  private Optional<ModelDescription> finished(TrainingContext context) {
    boolean replaces = context.settings().resume() == Resume.NEVER;
    Location model = context.model();
    return !replaces && store.exists(model.resolve(ModelDescription.FILE))
        ? Optional.of(Predictor.describe(store, model))
        : Optional.empty();
  }

  /** Whether there is nothing to do; fails if the model is of another or a longer training. */
  private boolean isComplete(TrainingContext context, ModelDescription finished) {
    Location model = context.model();
    context
        .trajectory()
        .requireSame(model.value(), finished.settings(), Failure.Kind.OUTPUT_EXISTS);
    long asked = context.totalSteps();
    if (finished.steps() > asked) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          ("%s was trained for %d steps, more than the requested %d. Use another "
                  + "--workdir, or add '--resume never' to delete the checkpoints and the model and start from the beginning")
              .formatted(model, finished.steps(), asked));
    }
    if (finished.steps() < asked) {
      return false;
    }
    if (ModelInspection.of(store, model).findings().isEmpty()) {
      return true;
    }
    context.note(
        "The model " + model + " is damaged; it will be exported again from its last checkpoint");
    return false;
  }

  private TrainingResult trained(TrainingContext context) {
    TrainingSettings settings = context.settings();
    // If there is a model of this training, its checkpoints must be there too.
    boolean finished = finished(context).isPresent();
    AlexNetSpec spec = settings.network();
    DevicePlan devices = devices(settings, spec, context.datasets(), context.notices());
    SessionPlan plan = sessionPlan(settings, spec, devices, context.schedule());
    StoredAugmentation.noticeColours(context);
    Dataset validation = context.validation().orElse(null);
    try (StallWatch watch = new StallWatch(settings.stallPatience(), context.notices());
        ShardSource shards = shards(settings, context.datasets(), watch, context.notices());
        TrainingSession session =
            new TrainingSession(plan, context.data(), validation, shards, watch)) {
      Checkpoints checkpoints = context.workdir().checkpoints(store);
      Resumption resumption =
          Resumption.of(
              context,
              session,
              checkpoints,
              context.initial(),
              finished || settings.resume() == Resume.REQUIRED);
      // The leftovers of an earlier training must not be taken for this one's. They are removed
      // only now, after all checks of this one have passed.
      if (!finished) {
        deleteModel(context.model());
      }
      if (settings.resume() == Resume.NEVER) {
        checkpoints.deleteAll();
        context.workdir().beginAnew(store);
      }
      FailedBatch.forget(store, context.workdir());
      TrainingOutcome outcome =
          TrainingRun.toTheEnd(
              context,
              session,
              checkpoints,
              resumption,
              clock,
              watch,
              context.workdir().logs(store));
      export(context, session, outcome, watch);
      return outcome.result(context.model(), ArithmeticSummary.of(devices.arithmetic()));
    } catch (TensorFlowException e) {
      throw StepFailure.ofDevices(plan.placement().toString(), e);
    }
  }

  /** Whoever sees the description sees the whole model. */
  private void deleteModel(Location model) {
    store.delete(model.resolve(ModelDescription.FILE));
    store.deleteDirectory(model);
  }

  private void export(
      TrainingContext context, TrainingSession session, TrainingOutcome outcome, StallWatch watch) {
    Dataset data = context.data();
    Location model = context.model();
    ModelExport.Facts facts =
        new ModelExport.Facts(
            data.manifest().labels(),
            data.meanImage(),
            outcome.steps(),
            data.hash(),
            context.trajectory().settings(),
            outcome.replacedOperations());
    Callable<ModelDescription> writing =
        () ->
            ModelExport.write(
                store, model, context.settings().network(), facts, session.variables()::value);
    if (context.workdir().isPublished()) {
      // The description of a shorter training's model must not be seen with this one's graph.
      deleteModel(model);
      watch.publishing(context.workdir().local(), model, writing);
    } else {
      watch.writing(model.localPath(), writing);
    }
  }
}
