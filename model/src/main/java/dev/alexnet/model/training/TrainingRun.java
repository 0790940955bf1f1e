package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.training.checkpoint.CheckpointState;
import dev.alexnet.model.training.checkpoint.CheckpointWriter;
import dev.alexnet.model.training.checkpoint.Checkpoints;
import dev.alexnet.model.training.checkpoint.PlateauState;
import dev.alexnet.model.training.log.LogPublication;
import dev.alexnet.model.training.log.TrainingLog;
import dev.alexnet.model.training.log.TrainingReport;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.Snapshot;
import dev.alexnet.model.training.step.TrainingSession;
import dev.alexnet.model.training.watch.StallWatch;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * The training loop: runs the steps after the newest checkpoint, with validations and checkpoints.
 */
final class TrainingRun {
  /** The mean of this many steps is logged at a time. */
  static final int LOGGED_STEPS = 10;

  /** The step of a run that is traced: the first steps plan and allocate. */
  private static final int TRACED = 10;

  /** Training never recovers from a loss of this many times that of chance. */
  private static final double EXPLODED = 100;

  private final TrainingContext context;
  private final TrainingSession session;
  private final Checkpoints checkpoints;
  private final TrainingReport report;
  private final CheckpointWriter writer;
  private final LogPublisher logs;
  private final TrainingSchedule schedule;
  private final long totalSteps;
  private final long firstStep;
  private final long tracedStep;

  private BatchResult lastValidation = BatchResult.none();
  private PlateauState plateau;
  private double lowestError;
  private TrainingSchedule.Phase phase;

  private TrainingRun(
      TrainingContext context,
      TrainingSession session,
      Checkpoints checkpoints,
      Resumption resumption,
      TrainingReport report,
      CheckpointWriter writer,
      LogPublisher logs) {
    this.context = context;
    this.session = session;
    this.checkpoints = checkpoints;
    this.report = report;
    this.writer = writer;
    this.logs = logs;
    this.schedule = context.schedule();
    this.totalSteps = context.totalSteps();
    this.firstStep = resumption.step();
    this.tracedStep =
        context.settings().trace() ? Math.min(firstStep + TRACED, totalSteps) - 1 : -1;
    this.plateau = resumption.plateau();
    this.lowestError =
        checkpoints.history().lowestError(firstStep, context.trajectory().validationSet());
  }

  /**
   * Trains to the end. However it ends, no checkpoint is left in progress.
   *
   * @param resumption the state of the session
   * @param clock stamps the log
   * @param watch over everything that is written
   * @param logs publishes what is logged
   */
  static TrainingOutcome toTheEnd(
      TrainingContext context,
      TrainingSession session,
      Checkpoints checkpoints,
      Resumption resumption,
      Clock clock,
      StallWatch watch,
      LogPublication logs) {
    if (resumption.step() > 0) {
      context.note("Continuing at step " + resumption.step() + " of " + context.totalSteps());
    }
    TrainingOutcome outcome;
    try {
      outcome = logged(context, session, checkpoints, resumption, clock, watch, logs);
    } catch (Failure e) {
      // The log says more about why it failed; a bucket that failed would only fail again.
      if (e.kind() != Failure.Kind.REMOTE && !watch.isStuck()) {
        publishAfter(e, context, watch, logs);
      }
      throw e;
    }
    publish(context, watch, logs);
    return outcome;
  }

  private static void publishAfter(
      Failure failure, TrainingContext context, StallWatch watch, LogPublication logs) {
    try {
      publish(context, watch, logs);
    } catch (Failure e) {
      failure.addSuppressed(e);
      context.note(
          "The logs are not all published; they are in "
              + context.workdir().local()
              + ": "
              + e.getMessage());
    }
  }

  private static void publish(TrainingContext context, StallWatch watch, LogPublication logs) {
    WorkDirectory workdir = context.workdir();
    watch.publishing(workdir.local(), workdir.location(), Executors.callable(logs.ofNow()));
  }

  private static TrainingOutcome logged(
      TrainingContext context,
      TrainingSession session,
      Checkpoints checkpoints,
      Resumption resumption,
      Clock clock,
      StallWatch watch,
      LogPublication logs) {
    try (TrainingReport report =
            new TrainingReport(
                new TrainingLog(context.workdir().local(), clock, resumption.step(), watch)
                    .describing(context.trajectory().hyperparameters(context.settings().plan())),
                context.progress(),
                context.notices(),
                context.classes(),
                context.totalSteps(),
                resumption.sinceLogged());
        CheckpointWriter writer = new CheckpointWriter(checkpoints, watch)) {
      LogPublisher publisher = new LogPublisher(context.workdir(), logs, writer, context.notices());
      return new TrainingRun(context, session, checkpoints, resumption, report, writer, publisher)
          .run(resumption);
    }
  }

  private TrainingOutcome run(Resumption resumption) {
    report.arithmetic(firstStep, session.arithmetic());
    if (firstStep > 0) {
      writer.beginPublication(firstStep, logs.ofNow());
    }
    if (!resumption.validated() && owesValidation(firstStep)) {
      finish(firstStep, resumption.rates(), true);
    }
    if (firstStep < totalSteps) {
      session.seek(firstStep);
    }
    for (long step = firstStep; step < totalSteps; step++) {
      announcePhase(step);
      LearningRates rates = schedule.at(step, plateau.count());
      train(step, rates);
      writer.check();
      afterStep(step + 1, rates);
    }
    if (lastValidation.images() == 0 && context.validation().isPresent()) {
      lastValidation =
          session.validate(context.stopRequested()).orElseThrow(() -> stopped(totalSteps));
    }
    writer.await();
    return new TrainingOutcome(
        totalSteps,
        firstStep,
        report.lastLogged(),
        lastValidation,
        context.classes(),
        report.imagesPerSecond(),
        report.replacedOperations());
  }

  private void announcePhase(long step) {
    TrainingSchedule.Phase present = schedule.phase(step, plateau.count());
    if (!present.equals(phase)) {
      context.note("Step " + step + ": " + schedule.announcement(step, plateau.count()));
      phase = present;
    }
  }

  private void train(long step, LearningRates rates) {
    long began = System.nanoTime();
    BatchResult result = step == tracedStep ? traced(step, rates) : session.step(step, rates);
    report.trained(result, System.nanoTime() - began);
    if (!(result.meanLoss() < EXPLODED * Math.max(1, context.chanceLoss()))) {
      throw failedAt(step, "The loss of step " + step + " is " + result.meanLoss());
    }
  }

  private BatchResult traced(long step, LearningRates rates) {
    TrainingSession.Traced traced = session.tracedStep(step, rates);
    List<String> layers =
        context.settings().network().layers().stream().map(LayerSpec::name).toList();
    report.traced(
        context.workdir().local(),
        context.workdir()::placeOf,
        step,
        StepTrace.of(traced.metadata()),
        layers);
    return traced.result();
  }

  private Failure failedAt(long step, String what) {
    session.seek(step);
    // A checkpoint that the next training can start with may be in progress.
    writer.await();
    Optional<Location> checkpoint =
        checkpoints.newestLocal(context.notices()).map(Checkpoints.Checkpoint::place);
    return FailedBatch.failure(
        what, session.nextImageIds(), context.workdir(), checkpoint, schedule.start().weights());
  }

  private void afterStep(long done, LearningRates rates) {
    boolean logged = done % LOGGED_STEPS == 0 || done == totalSteps;
    if (logged || endsEpoch(done)) {
      requireFinite(done);
    }
    if (logged) {
      report.log(done, rates);
    }
    if (endsEpoch(done)) {
      try (Snapshot snapshot = session.variables().snapshot()) {
        report.parameters(done, snapshot, session.variables().parameters(), rates);
      }
    }
    finish(done, rates, done % context.settings().checkpointSteps() == 0 || done == totalSteps);
    if (endsEpoch(done)) {
      report.epochEnded(done, session.stepsPerEpoch(), rates);
      if (done < totalSteps) {
        session.seek(done);
      }
    }
    report.progress(done);
    logs.afterStep();
  }

  private boolean endsEpoch(long done) {
    return done % session.stepsPerEpoch() == 0;
  }

  private boolean owesValidation(long done) {
    return context.validation().isPresent() && (endsEpoch(done) || done == totalSteps);
  }

  /**
   * Validates if an epoch ends, writes a checkpoint, and stops if a stop is requested.
   *
   * @param due whether there must be a checkpoint; the best ones and the last before a stop are
   *     written anyway
   */
  private void finish(long done, LearningRates rates, boolean due) {
    boolean owes = owesValidation(done);
    boolean stops = context.stopRequested().getAsBoolean() && (owes || done < totalSteps);
    Double error = null;
    if (owes && !stops) {
      Optional<BatchResult> validation = session.validate(context.stopRequested());
      stops = validation.isEmpty();
      error = validation.map(result -> validated(done, result)).orElse(null);
    }
    boolean best = error != null && error < lowestError;
    if (due || stops || best) {
      write(done, rates, error);
      lowestError = best ? error : lowestError;
    }
    if (stops) {
      writer.await();
      throw stopped(done);
    }
  }

  private double validated(long done, BatchResult result) {
    lastValidation = result;
    report.validated(done, result);
    if (endsEpoch(done)) {
      plateau = plateau.after(result.top1Error(), belowChance(result.images()));
    }
    return result.top1Error();
  }

  /**
   * An error that a network which guesses reaches by luck in fewer than one of 40 validations: two
   * standard deviations below that of chance.
   */
  private double belowChance(long images) {
    double chance = 1.0 / context.classes();
    return 1 - chance - 2 * Math.sqrt(chance * (1 - chance) / images);
  }

  private Failure stopped(long done) {
    return new Failure(
        Failure.Kind.INTERRUPTED,
        ("Stopped as requested after step %d of %d, with a checkpoint; run the same "
                + "command again to continue")
            .formatted(done, totalSteps));
  }

  /** An update can make a weight non-finite even if that step's loss was finite. */
  private void requireFinite(long done) {
    List<String> spoiled = session.variables().notFinite();
    if (!spoiled.isEmpty()) {
      String what =
          "After step %d, %s has values that are not finite. That is checked every %d steps, "
              + "so an earlier step may be the cause";
      throw failedAt(done - 1, what.formatted(done - 1, String.join(", ", spoiled), LOGGED_STEPS));
    }
  }

  private void write(long done, LearningRates rates, Double validationError) {
    requireFinite(done);
    CheckpointState state =
        new CheckpointState(
            done,
            done / session.stepsPerEpoch(),
            done % session.stepsPerEpoch(),
            rates,
            report.sinceLogged(),
            plateau,
            validationError,
            context.trajectory().settings());
    writer.begin(state, session.variables()::snapshot, logs.ofNow());
  }
}
