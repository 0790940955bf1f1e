package dev.alexnet.model.training;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to train, and how.
 *
 * @param data the training set
 * @param validation the set whose errors are logged every epoch; null for none
 * @param workdir where checkpoints, logs and the model go; local
 * @param preset the network's name
 * @param without parts of the network to leave out, separated by commas; empty for none
 * @param epochs how often every image is shown; 0 to count by {@code steps}
 * @param steps how many batches; 0 to count by {@code epochs}
 * @param batch images a step
 * @param precision what convolutions and dense layers compute with: {@code fp32} or {@code bf16}
 * @param plan how fast which layers learn
 * @param devices {@code auto}, or the towers' devices such as {@code gpu:0,gpu:1}
 * @param requireGpus how many GPUs must be there
 * @param resume {@code auto}, {@code never} or {@code required}
 * @param checkpointSteps how many steps between checkpoints, a multiple of ten
 * @param seed of initial values, order, augmentation and dropout
 * @param trace whether the tenth step of the run is traced
 * @param stallMinutes how long a step or a write may take; 0 for ever
 */
public record TrainingSettings(
    Location data,
    Location validation,
    Location workdir,
    String preset,
    String without,
    int epochs,
    long steps,
    int batch,
    String precision,
    LearningPlan plan,
    String devices,
    int requireGpus,
    String resume,
    long checkpointSteps,
    long seed,
    boolean trace,
    double stallMinutes) {
  public static final List<String> RESUMES = List.of("auto", "never", "required");

  public TrainingSettings {
    Problems problems =
        new Problems("train")
            .require(data != null, "data is missing")
            .require(workdir != null, "workdir is missing")
            .require(
                workdir == null || !workdir.isCloud(), "workdir is %s; it must be local", workdir)
            .require(
                (epochs > 0) != (steps > 0),
                "epochs is %s and steps is %s; give one of them, at least 1",
                epochs,
                steps)
            .require(batch >= 1, "batch is %s; it must be at least 1", batch)
            .require(
                Precision.NAMES.contains(precision),
                "precision is '%s'%s",
                precision,
                Suggestion.forWord(precision, Precision.NAMES))
            .require(plan != null, "plan is missing")
            .require(
                plan == null || !plan.schedule().equals("plateau") || validation != null,
                "schedule is 'plateau', but there is no validation set whose error could stop to"
                    + " improve; give --validation, or another schedule")
            .require(requireGpus >= 0, "require-gpus is %s; it must be at least 0", requireGpus)
            .require(
                RESUMES.contains(resume),
                "resume is '%s'%s",
                resume,
                Suggestion.forWord(resume, RESUMES))
            .require(
                checkpointSteps >= 1 && checkpointSteps % TrainingRun.LOGGED_STEPS == 0,
                "checkpoint-steps is %s; it must be a multiple of "
                    + TrainingRun.LOGGED_STEPS
                    + ", so that a resumed run logs what an undisturbed one does",
                checkpointSteps)
            .require(
                stallMinutes >= 0 && Double.isFinite(stallMinutes),
                "stall-minutes is %s; it must be at least 0",
                stallMinutes)
            .require(devices != null && !devices.isBlank(), "devices is empty")
            .require(
                !beginsWithItsOwnOutput(plan, workdir),
                "initial-model lies in the workdir %s, whose model and checkpoints this training"
                    + " replaces; give another --workdir",
                workdir);
    addFailure(problems, () -> checkLayers(preset, without, plan));
    problems.throwIfAny();
  }

  AlexNetSpec network() {
    return Presets.named(preset, without);
  }

  /** How many steps there are in all. */
  long totalSteps(long stepsPerEpoch) {
    return steps > 0 ? steps : epochs * stepsPerEpoch;
  }

  Duration stallPatience() {
    return Duration.ofMillis(Math.round(60_000 * stallMinutes));
  }

  private static boolean beginsWithItsOwnOutput(LearningPlan plan, Location workdir) {
    return plan != null
        && plan.initialModel() != null
        && workdir != null
        && Stream.of(Trainer.MODEL, Trainer.CHECKPOINTS)
            .map(workdir::resolve)
            .anyMatch(plan.initialModel().directory()::isWithin);
  }

  private static void checkLayers(String preset, String without, LearningPlan plan) {
    AlexNetSpec spec = Presets.named(preset, without);
    if (plan != null) {
      plan.check(spec);
    }
  }

  private static void addFailure(Problems problems, Runnable check) {
    try {
      check.run();
    } catch (Failure e) {
      problems.add(e.getMessage());
    }
  }
}
