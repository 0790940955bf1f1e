package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.trace.StepTrace;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The loop: steps from the newest checkpoint to the last, with validation, log and checkpoints. */
final class TrainingRun {
  /** Every so many steps their mean is logged. */
  static final int LOGGED_STEPS = 10;

  /** The step of a run that is traced: the first ones plan and allocate. */
  private static final int TRACED = 10;

  /** A loss so many times that of chance never comes back. */
  private static final double EXPLODED = 100;

  /** Below so many times the loss of chance a network has learned something. */
  private static final double LEARNING = 0.99;

  private final TrainingSettings settings;
  private final TrainingSession session;
  private final Map<String, String> trajectory;
  private final Progress progress;
  private final Consumer<String> notices;
  private final Clock clock;
  private final Checkpoints checkpoints;
  private final Schedule schedule;
  private final LearningRates start;
  private final BooleanSupplier stopRequested;
  private final double chanceLoss;
  private final double warmUpSteps;
  private final long totalSteps;

  private BatchResult sinceLogged = BatchResult.none();
  private BatchResult lastLogged = BatchResult.none();
  private BatchResult lastValidation = BatchResult.none();
  private Plateau plateau = Plateau.NONE;
  private BatchResult thisEpoch = BatchResult.none();
  private long tracedStep = -1;
  private long loggedImages;
  private long trainingNanos;
  private long loggedNanos;
  private long images;

  /**
   * @param trajectory all that the course of the training depends on, by name
   * @param stopRequested asked after every step
   * @param chanceLoss of a network that has learned nothing: ln(classes)
   */
  TrainingRun(
      TrainingSettings settings,
      TrainingSession session,
      Map<String, String> trajectory,
      Progress progress,
      Consumer<String> notices,
      Clock clock,
      BooleanSupplier stopRequested,
      double chanceLoss) {
    this.settings = settings;
    this.session = session;
    this.trajectory = trajectory;
    this.progress = progress;
    this.notices = notices;
    this.clock = clock;
    this.stopRequested = stopRequested;
    this.chanceLoss = chanceLoss;
    this.checkpoints = new Checkpoints(settings.workdir().resolve(Trainer.CHECKPOINTS).localPath());
    LearningPlan plan = settings.plan();
    this.schedule = Schedule.named(plan.schedule());
    this.start =
        LearningRates.start(plan.startRate(settings.batch()), settings.network().biasRate());
    this.warmUpSteps = plan.warmUpEpochs() * session.stepsPerEpoch();
    this.totalSteps =
        settings.steps() > 0 ? settings.steps() : settings.epochs() * session.stepsPerEpoch();
  }

  /** How the loop ended. */
  record Outcome(
      long steps, long resumedAt, BatchResult training, BatchResult validation, double rate) {

    TrainingResult result(Location model) {
      return new TrainingResult(
          model,
          steps,
          resumedAt,
          false,
          training.meanLoss(),
          validation.images() == 0 ? Double.NaN : validation.top1Error(),
          validation.images() == 0 ? Double.NaN : validation.top5Error(),
          rate);
    }
  }

  Outcome toTheEnd() {
    long firstStep = resume();
    tracedStep = settings.trace() ? Math.min(firstStep + TRACED, totalSteps) - 1 : -1;
    Path workdir = settings.workdir().localPath();
    try (TrainingLog log = new TrainingLog(workdir, clock, firstStep)) {
      if (firstStep < totalSteps) {
        session.seek(firstStep);
      }
      for (long step = firstStep; step < totalSteps; step++) {
        LearningRates rates = ratesAt(step);
        train(step, rates);
        afterStep(step + 1, rates, log);
      }
      if (lastValidation.images() == 0 && settings.validation() != null) {
        lastValidation = session.validate();
      }
    }
    double rate = trainingNanos == 0 ? 0 : images * 1e9 / trainingNanos;
    return new Outcome(totalSteps, firstStep, lastLogged, lastValidation, rate);
  }

  private LearningRates ratesAt(long step) {
    double warmth = step + 1 < warmUpSteps ? (step + 1) / warmUpSteps : 1;
    return start.times(schedule.factors((double) step / totalSteps, plateau.count()), warmth);
  }

  private void train(long step, LearningRates rates) {
    long start = System.nanoTime();
    BatchResult result = step == tracedStep ? traced(step, rates) : session.step(step, rates);
    long nanos = System.nanoTime() - start;
    if (!(result.meanLoss() < EXPLODED * Math.max(1, chanceLoss))) {
      throw failedAt(step, "The loss of step " + step + " is " + result.meanLoss());
    }
    sinceLogged = sinceLogged.plus(result);
    thisEpoch = thisEpoch.plus(result);
    images += result.images();
    loggedImages += result.images();
    trainingNanos += nanos;
    loggedNanos += nanos;
  }

  private BatchResult traced(long step, LearningRates rates) {
    TracedStep traced = session.tracedStep(step, rates);
    Path workdir = settings.workdir().localPath();
    notices.accept(TraceFiles.write(workdir, step, StepTrace.of(traced.metadata())));
    return traced.result();
  }

  private Failure failedAt(long step, String what) {
    session.seek(step);
    Path workdir = settings.workdir().localPath();
    return FailedBatch.failure(what, session.nextImageIds(), workdir, start.weights());
  }

  private void afterStep(long done, LearningRates rates, TrainingLog log) {
    boolean last = done == totalSteps;
    boolean stops = stopRequested.getAsBoolean() && !last;
    if (done % LOGGED_STEPS == 0 || last) {
      log.training(done, sinceLogged, rates, loggedImages * 1e9 / loggedNanos);
      lastLogged = sinceLogged;
      sinceLogged = BatchResult.none();
      loggedImages = 0;
      loggedNanos = 0;
    }
    boolean epochEnds = done % session.stepsPerEpoch() == 0;
    boolean validates = settings.validation() != null && (epochEnds || last);
    if (validates) {
      lastValidation = session.validate();
      plateau = plateau.after(lastValidation.top1Error());
      log.validation(done, lastValidation);
    }
    boolean best = validates && lastValidation.top1Error() < checkpoints.lowestError();
    if (done % settings.checkpointSteps() == 0 || last || stops || best) {
      Double error = validates ? lastValidation.top1Error() : null;
      write(done, rates, error);
    }
    if (stops) {
      throw new Failure(
          Failure.Kind.INTERRUPTED,
          "Stopped as asked, after step %d of %d, which has a checkpoint; the same command goes on"
              .formatted(done, totalSteps));
    }
    if (epochEnds) {
      hintAtChance(done);
    }
    if (epochEnds && !last) {
      session.seek(done);
    }
    progress.report(done, totalSteps, "steps", details());
  }

  /** An update may spoil a weight after the loss of its step was well. */
  private void write(long done, LearningRates rates, Double validationError) {
    List<String> spoiled = session.notFinite();
    if (!spoiled.isEmpty()) {
      String what = "After step %d not all of %s is finite";
      throw failedAt(done - 1, what.formatted(done - 1, String.join(", ", spoiled)));
    }
    checkpoints.write(done, session::save, files -> commit(done, rates, validationError, files));
  }

  private void hintAtChance(long done) {
    if (thisEpoch.meanLoss() > LEARNING * chanceLoss) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "The loss of epoch %d was %.3f, no less than that of chance, ln(classes) = %.3f: nothing is learned"
                  + " yet. With many classes a first epoch may be so; later ones want another"
                  + " --learning-rate, or labels that belong to their images",
              done / session.stepsPerEpoch(),
              thisEpoch.meanLoss(),
              chanceLoss));
    }
    thisEpoch = BatchResult.none();
  }

  private String details() {
    BatchResult training = lastLogged.images() == 0 ? sinceLogged : lastLogged;
    String text =
        String.format(
            Locale.ROOT,
            "loss %.3f  top-1 error %.1f %%  %.0f images/s",
            training.meanLoss(),
            100 * training.top1Error(),
            images * 1e9 / trainingNanos);
    return lastValidation.images() == 0
        ? text
        : text
            + String.format(Locale.ROOT, "  validation %.1f %%", 100 * lastValidation.top1Error());
  }

  private CheckpointCommit commit(
      long done,
      LearningRates rates,
      Double validationError,
      List<CheckpointCommit.StoredFile> files) {
    return new CheckpointCommit(
        CheckpointCommit.SCHEMA_VERSION,
        done,
        done / session.stepsPerEpoch(),
        done % session.stepsPerEpoch(),
        rates.weights(),
        rates.biases(),
        sinceLogged,
        plateau,
        validationError,
        trajectory,
        files);
  }

  private long resume() {
    if (settings.resume().equals("never")) {
      checkpoints.deleteAll();
    }
    Optional<Checkpoints.Checkpoint> newest = checkpoints.newest(notices);
    if (newest.isEmpty()) {
      if (settings.resume().equals("required")) {
        throw new Failure(
            Failure.Kind.INPUT_MISSING,
            "There is no checkpoint under "
                + settings.workdir().resolve(Trainer.CHECKPOINTS)
                + " that verifies, and --resume is required");
      }
      session.initialize();
      return 0;
    }
    CheckpointCommit commit = newest.get().commit();
    SettingsDifference.refuse(
        "The checkpoint " + newest.get().tensors().getParent(),
        commit.settings(),
        trajectory,
        Failure.Kind.MISMATCH);
    session.restore(newest.get().tensors());
    sinceLogged = commit.sinceLogged();
    plateau = commit.plateau();
    notices.accept("Continuing at step " + commit.step() + " of " + totalSteps);
    return commit.step();
  }
}
