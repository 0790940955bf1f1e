package dev.alexnet.model.training.checkpoint;

import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import java.util.Map;

/**
 * What a checkpoint records besides the tensors. All random draws and the order of the images
 * follow from the seed and the step, so the step is the whole random state.
 *
 * @param step how many steps are done
 * @param epoch the epoch that the next step belongs to, counted from 0
 * @param stepInEpoch how many of its steps are done
 * @param rates of the last step; those of single layers are not recorded
 * @param sinceLogged the results of the steps that are not in the log yet
 * @param plateau how the validation error has developed
 * @param validationTop1Error the share of the validation set, 0 to 1; null if it was not run after
 *     this step
 * @param settings everything that the training depends on, by name, including the hashes of the
 *     datasets
 */
public record CheckpointState(
    long step,
    long epoch,
    long stepInEpoch,
    LearningRates rates,
    BatchResult sinceLogged,
    PlateauState plateau,
    Double validationTop1Error,
    Map<String, String> settings) {

  /** The name of the validation set's hash among the settings. */
  public static final String VALIDATION = "validation";

  /** The hash of the validation set; empty if there was none, or it was not recorded. */
  public String validationSet() {
    return settings.getOrDefault(VALIDATION, "");
  }
}
