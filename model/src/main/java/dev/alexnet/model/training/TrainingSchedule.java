package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.training.step.LearningRates;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The learning rates during a training, and whether colour noise is added: a schedule applied to
 * the length and initial rates of a training. An epoch adds colour noise to all its images or to
 * none, so that they do not depend on where a run was interrupted.
 *
 * @param published the changes by hand in the published training of the network
 * @param start the rates at the start
 * @param warmUpSteps in how many steps the rates first rise from 0
 * @param lateLayers the layers that have their own rates only from a step on, and that step
 * @param colourNoise whether any is added as long as the schedule has it
 * @param totalSteps of the training
 * @param stepsPerEpoch of these steps
 */
record TrainingSchedule(
    Schedule schedule,
    PublishedEpochs published,
    LearningRates start,
    double warmUpSteps,
    SortedMap<String, Long> lateLayers,
    boolean colourNoise,
    long totalSteps,
    long stepsPerEpoch) {

  static TrainingSchedule of(TrainingSettings settings, long stepsPerEpoch) {
    LearningPlan plan = settings.plan();
    return new TrainingSchedule(
        plan.schedule(),
        PublishedEpochs.of(settings.network().schedules().on(plan.release())),
        plan.startRates(settings.network(), settings.batch()),
        plan.warmUpEpochs() * stepsPerEpoch,
        plan.lateLayers(settings.network()),
        settings.augmentation() == TrainingAugmentation.PUBLISHED,
        settings.totalSteps(stepsPerEpoch),
        stepsPerEpoch);
  }

  /**
   * @throws Failure of kind USAGE if the training ends before the warm-up
   */
  void requireWholeWarmUp() {
    if (warmUpSteps > totalSteps) {
      throw new Failure(
          Failure.Kind.USAGE,
          String.format(
              Locale.ROOT,
              "The warm-up takes %,.0f steps, at %,d per epoch, but the training has only "
                  + "%,d: it would end before it reaches its learning rate. Give a shorter "
                  + "--warm-up, or more --epochs or --steps",
              warmUpSteps,
              stepsPerEpoch,
              totalSteps));
    }
  }

  /**
   * @param step counted from 0
   * @param plateaus how often the validation error has stopped improving
   */
  LearningRates at(long step, int plateaus) {
    return start
        .without(stillLate(step))
        .times(factors(step, plateaus), step + 1 < warmUpSteps ? (step + 1) / warmUpSteps : 1);
  }

  private Set<String> stillLate(long step) {
    return lateLayers.keySet().stream()
        .filter(layer -> step < lateLayers.get(layer))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private LearningRates factors(long step, int plateaus) {
    return schedule.factors(done(step), plateaus, published);
  }

  private double done(long step) {
    return (double) step / totalSteps;
  }

  /** Whether the epoch of a step adds colour noise. */
  boolean addsPcaNoise(long step) {
    return colourNoise && schedule.addsPcaNoise(done(step - step % stepsPerEpoch), published);
  }

  /**
   * What steps that need no separate announcement have in common.
   *
   * @param warmingUp whether the rates rise with each step
   * @param factors of the rates at the start; 1 if they fall with each step
   * @param colour whether colour noise is added
   * @param late the layers that do not have their own rates yet
   */
  record Phase(boolean warmingUp, LearningRates factors, boolean colour, Set<String> late) {}

  Phase phase(long step, int plateaus) {
    LearningRates factors =
        schedule.fallsWithEachStep() ? new LearningRates(1, 1) : factors(step, plateaus);
    return new Phase(step + 1 < warmUpSteps, factors, addsPcaNoise(step), stillLate(step));
  }

  /**
   * The rates of the step, how they change within its phase, and whether colour noise is added, as
   * text.
   */
  String announcement(long step, int plateaus) {
    LearningRates rates = at(step, plateaus);
    StringBuilder text = new StringBuilder("Learning rates: ");
    text.append(pair(rates.weights(), rates.biases()));
    rates
        .own()
        .forEach(
            (layer, own) -> {
              boolean frozen = own.weights() == 0 && own.biases() == 0;
              text.append("; ").append(layer).append(' ');
              text.append(frozen ? "frozen" : pair(own.weights(), own.biases()));
            });
    if (step + 1 < warmUpSteps) {
      text.append("; rising until step ").append((long) Math.ceil(warmUpSteps) - 1);
    } else if (schedule.fallsWithEachStep()) {
      text.append("; falling with each step, to 0 at step ").append(totalSteps);
    }
    return text.append(colours(step)).toString();
  }

  private String colours(long step) {
    if (addsPcaNoise(step)) {
      return "";
    }
    return colourNoise ? "; no more colour noise" : "; no colour noise";
  }

  private static String pair(double weights, double biases) {
    return String.format(Locale.ROOT, "weights %.3g, biases %.3g", weights, biases);
  }
}
