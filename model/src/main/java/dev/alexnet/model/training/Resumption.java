package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a run begins: at the newest checkpoint that verifies, or with initial values.
 *
 * @param step how many steps are done
 * @param rates of the last of them; null where none is
 * @param sinceLogged what the steps gave that are done and not in the log
 * @param plateau how the validation error has gone
 * @param validated whether the state was validated
 */
record Resumption(
    long step, LearningRates rates, BatchResult sinceLogged, Plateau plateau, boolean validated) {

  /**
   * Sets the variables of a session; checkpoints that are not to be resumed from stay.
   *
   * @param initial what the first step begins with; empty for random values
   * @param required whether there must be a checkpoint
   * @throws Failure of kind MISMATCH where the checkpoint is of another training, INPUT_MISSING
   *     where one is required and none verifies
   */
  static Resumption of(
      TrainingSettings settings,
      TrainingSession session,
      Checkpoints checkpoints,
      Map<String, String> trajectory,
      Optional<InitialLayers> initial,
      boolean required,
      Consumer<String> notices) {
    if (settings.resume() == Resume.NEVER) {
      return anew(session, initial, notices);
    }
    checkpoints.settlePending();
    Optional<Checkpoints.Checkpoint> newest = checkpoints.newest(notices);
    if (newest.isPresent()) {
      Resumption restored =
          restored(newest.get(), session, trajectory, settings.totalSteps(session.stepsPerEpoch()));
      noticeOtherValidation(checkpoints, restored.step(), trajectory, settings, notices);
      return restored;
    }
    if (required) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no checkpoint under "
              + settings.workdir().resolve(Trainer.CHECKPOINTS)
              + " that verifies, which --resume required and the continuation of a finished training"
              + " need; --resume never begins anew");
    }
    if (!checkpoints.isEmpty()) {
      notices.accept(
          "No checkpoint is sound, so the training begins anew at step 0; --resume required would"
              + " end it here instead");
    }
    return anew(session, initial, notices);
  }

  private static Resumption anew(
      TrainingSession session, Optional<InitialLayers> initial, Consumer<String> notices) {
    session.variables().initialize();
    initial.ifPresent(layers -> layers.copyInto(session, notices));
    return new Resumption(0, null, BatchResult.none(), Plateau.NONE, true);
  }

  private static void noticeOtherValidation(
      Checkpoints checkpoints,
      long step,
      Map<String, String> trajectory,
      TrainingSettings settings,
      Consumer<String> notices) {
    String now = trajectory.getOrDefault(SettingsDifference.VALIDATION, "");
    List<String> others =
        checkpoints.validationSets(step).stream()
            .filter(set -> !set.isEmpty() && !set.equals(now))
            .sorted()
            .toList();
    if (!now.isEmpty() && !others.isEmpty()) {
      notices.accept(
          "Errors up to step %d are of another validation set too, of hash %s; %s has %s. They do not compare, in %s neither; the best checkpoint of each set is kept"
              .formatted(
                  step,
                  String.join(" and ", others),
                  settings.validation(),
                  now,
                  TrainingLog.METRICS));
    }
  }

  private static Resumption restored(
      Checkpoints.Checkpoint checkpoint,
      TrainingSession session,
      Map<String, String> trajectory,
      long totalSteps) {
    CheckpointCommit commit = checkpoint.commit();
    String what = "The checkpoint " + checkpoint.tensors().getParent();
    SettingsDifference.refuse(what, commit.settings(), trajectory, Failure.Kind.MISMATCH);
    if (commit.step() > totalSteps) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s is of step %d, beyond the %d that are asked for. Use another --workdir, or --resume never to begin anew"
              .formatted(what, commit.step(), totalSteps));
    }
    session.variables().restore(checkpoint.tensors());
    return new Resumption(
        commit.step(),
        new LearningRates(commit.weightRate(), commit.biasRate()),
        commit.sinceLogged(),
        commit.plateau(),
        commit.validationTop1Error() != null);
  }
}
