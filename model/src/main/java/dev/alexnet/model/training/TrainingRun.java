package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The loop: steps from the newest checkpoint to the last, with validation, log and checkpoints. */
final class TrainingRun {
  /** Every so many steps their mean is logged. */
  static final int LOGGED_STEPS = 10;

  private final TrainingSettings settings;
  private final TrainingSession session;
  private final Map<String, String> trajectory;
  private final Progress progress;
  private final Consumer<String> notices;
  private final Clock clock;
  private final Checkpoints checkpoints;
  private final Schedule schedule;
  private final long totalSteps;

  private BatchResult sinceLogged = BatchResult.none();
  private BatchResult lastLogged = BatchResult.none();
  private BatchResult lastValidation = BatchResult.none();
  private long trainingNanos;
  private long loggedNanos;
  private long images;

  /**
   * @param trajectory all that the course of the training depends on, by name
   */
  TrainingRun(
      TrainingSettings settings,
      TrainingSession session,
      Map<String, String> trajectory,
      Progress progress,
      Consumer<String> notices,
      Clock clock) {
    this.settings = settings;
    this.session = session;
    this.trajectory = trajectory;
    this.progress = progress;
    this.notices = notices;
    this.clock = clock;
    this.checkpoints = new Checkpoints(settings.workdir().resolve(Trainer.CHECKPOINTS).localPath());
    this.schedule = Schedule.named(settings.schedule());
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
    return schedule.at(settings.learningRate(), (double) step / totalSteps);
  }

  private void train(long step, LearningRates rates) {
    long start = System.nanoTime();
    BatchResult result = session.step(step, rates);
    long nanos = System.nanoTime() - start;
    if (!Double.isFinite(result.meanLoss())) {
      throw new Failure(
          Failure.Kind.NOT_FINITE,
          String.format(
              Locale.ROOT,
              "The loss of step %d is %s. The last checkpoint is untouched; continue from it with a"
                  + " lower --learning-rate than %s in another --workdir",
              step,
              result.meanLoss(),
              settings.learningRate()));
    }
    sinceLogged = sinceLogged.plus(result);
    images += result.images();
    trainingNanos += nanos;
    loggedNanos += nanos;
  }

  private void afterStep(long done, LearningRates rates, TrainingLog log) {
    boolean last = done == totalSteps;
    if (done % LOGGED_STEPS == 0 || last) {
      log.training(done, sinceLogged, rates, sinceLogged.images() * 1e9 / loggedNanos);
      lastLogged = sinceLogged;
      sinceLogged = BatchResult.none();
      loggedNanos = 0;
    }
    boolean epochEnds = done % session.stepsPerEpoch() == 0;
    if (settings.validation() != null && (epochEnds || last)) {
      lastValidation = session.validate();
      log.validation(done, lastValidation);
    }
    if (done % settings.checkpointSteps() == 0 || last) {
      checkpoints.write(done, session::save, files -> commit(done, rates, files));
    }
    if (epochEnds && !last) {
      session.seek(done);
    }
    progress.report(done, totalSteps, "steps", details());
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
      long done, LearningRates rates, List<CheckpointCommit.StoredFile> files) {
    return new CheckpointCommit(
        CheckpointCommit.SCHEMA_VERSION,
        done,
        done / session.stepsPerEpoch(),
        done % session.stepsPerEpoch(),
        rates.weights(),
        rates.biases(),
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
    notices.accept("Continuing at step " + commit.step() + " of " + totalSteps);
    return commit.step();
  }
}
