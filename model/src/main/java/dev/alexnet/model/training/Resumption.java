package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.training.checkpoint.CheckpointState;
import dev.alexnet.model.training.checkpoint.Checkpoints;
import dev.alexnet.model.training.checkpoint.PlateauState;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.TrainingSession;
import java.util.List;
import java.util.Optional;

/**
 * Where a run starts: at the newest checkpoint that verifies, or with initial values.
 *
 * @param step how many steps are done
 * @param rates of the last of them; null if there is none
 * @param sinceLogged the results of the steps that are not in the log yet
 * @param plateau how the validation error has developed
 * @param validated whether the state was validated
 */
record Resumption(
    long step,
    LearningRates rates,
    BatchResult sinceLogged,
    PlateauState plateau,
    boolean validated) {

  /**
   * Sets the variables of a session; checkpoints that the run does not resume from are kept.
   *
   * @param initial what the first step starts with; empty for random values
   * @param required whether there must be a checkpoint
   * @throws Failure of kind MISMATCH if the checkpoint belongs to another training, INPUT_MISSING
   *     if one is required and none verifies
   */
  static Resumption of(
      TrainingContext context,
      TrainingSession session,
      Checkpoints checkpoints,
      Optional<InitialLayers> initial,
      boolean required) {
    if (context.settings().resume() == Resume.NEVER) {
      return fromTheStart(context, session, initial);
    }
    checkpoints.settlePending();
    Optional<Checkpoints.Checkpoint> newest = checkpoints.newest(context.notices());
    if (newest.isPresent()) {
      Resumption restored = restored(context, session, newest.get());
      noticeOtherValidation(context, checkpoints, restored.step());
      return restored;
    }
    if (required) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no checkpoint under "
              + context.settings().workdir().resolve(Trainer.CHECKPOINTS)
              + " that verifies, but --resume required and the continuation of a finished "
              + "training need one; --resume never starts from the beginning");
    }
    if (!checkpoints.isEmpty()) {
      context.note(
          "No checkpoint is intact, so the training starts again at step 0; with --resume "
              + "required it would fail instead");
    }
    return fromTheStart(context, session, initial);
  }

  private static Resumption fromTheStart(
      TrainingContext context, TrainingSession session, Optional<InitialLayers> initial) {
    session.variables().initialize();
    initial.ifPresent(
        layers ->
            layers.copyInto(session.variables(), context.settings().scratch(), context.notices()));
    return new Resumption(0, null, BatchResult.none(), PlateauState.NONE, true);
  }

  private static void noticeOtherValidation(
      TrainingContext context, Checkpoints checkpoints, long step) {
    String now = context.trajectory().validationSet();
    List<String> others =
        checkpoints.history().validationSets(step).stream()
            .filter(set -> !set.isEmpty() && !set.equals(now))
            .sorted()
            .toList();
    if (!now.isEmpty() && !others.isEmpty()) {
      context.note(
          ("Some errors up to step %d are from another validation set, with the hash %s; "
                  + "%s has %s. They are not comparable, also in %s; the best checkpoint of each "
                  + "set is kept")
              .formatted(
                  step,
                  String.join(" and ", others),
                  context.settings().validation(),
                  now,
                  Trainer.METRICS));
    }
  }

  private static Resumption restored(
      TrainingContext context, TrainingSession session, Checkpoints.Checkpoint checkpoint) {
    CheckpointState state = checkpoint.state();
    String what = "The checkpoint " + checkpoint.place();
    context.trajectory().requireSame(what, state.settings(), Failure.Kind.MISMATCH);
    if (state.step() > context.totalSteps()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          ("%s is at step %d, beyond the requested %d. Use another --workdir, or add '--resume "
                  + "never' to delete the checkpoints and the model and start from the beginning")
              .formatted(what, state.step(), context.totalSteps()));
    }
    session.variables().restore(checkpoint.tensors());
    return new Resumption(
        state.step(),
        state.rates(),
        state.sinceLogged(),
        state.plateau(),
        state.validationTop1Error() != null);
  }
}
