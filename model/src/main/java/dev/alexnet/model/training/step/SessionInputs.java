package dev.alexnet.model.training.step;

import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.augmentation.AugmentationGraph;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.training.shards.ShardSource;
import dev.alexnet.model.training.shards.WindowSize;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * What a training graph reads.
 *
 * @param training images augmented during training, or already augmented
 * @param validation the centres of images; null for none
 */
record SessionInputs(StagedInput training, StagedInput validation) {
  /**
   * With some calls waiting, no core goes to sleep between two images and has to be woken for the
   * next.
   */
  private static final int CALLS_PER_CORE = 4;

  /**
   * @param tf a scope on the CPU
   * @param validation null for none
   * @param shards of both
   * @throws dev.alexnet.infra.failure.Failure of kind MISMATCH if there is too little room for the
   *     shards
   */
  static SessionInputs of(
      Graph graph, Ops tf, SessionPlan plan, Dataset data, Dataset validation, ShardSource shards) {
    int inputSize = plan.network().inputSize();
    RecordFunctions functions = new RecordFunctions(inputSize, data.meanImage());
    int parallelCalls = CALLS_PER_CORE * Runtime.getRuntime().availableProcessors();
    List<WindowSize> windows = new ArrayList<>();
    StagedInput training;
    Ops scope = tf.withSubScope("input");
    try (ConcreteFunction function = trainingFunction(plan, data, functions)) {
      InputGraph shuffled =
          new InputGraph(graph, scope, function, inputSize, plan.batch(), true, parallelCalls);
      windows.add(shuffled.readAhead().window(data));
      training = new StagedInput(scope, shuffled, shards.of(data), plan);
    }
    if (validation == null) {
      shards.requireRoom(windows);
      return new SessionInputs(training, null);
    }
    Ops validationScope = tf.withSubScope("validation_input");
    try (ConcreteFunction centre = functions.validation(validation.manifest())) {
      InputGraph ordered =
          new InputGraph(
              graph, validationScope, centre, inputSize, plan.batch(), false, parallelCalls);
      windows.add(ordered.readAhead().window(validation));
      shards.requireRoom(windows);
      return new SessionInputs(
          training, new StagedInput(validationScope, ordered, shards.of(validation), plan));
    }
  }

  private static ConcreteFunction trainingFunction(
      SessionPlan plan, Dataset data, RecordFunctions functions) {
    int inputSize = plan.network().inputSize();
    DatasetManifest manifest = data.manifest();
    if (!plan.augments()) {
      return functions.validation(manifest);
    }
    return manifest.operations().isEmpty()
        ? functions.training(
            manifest,
            new AugmentationGraph(Augmentation.published(inputSize), data.statistics().colours()))
        : functions.augmented(
            manifest, Augmentation.parse(String.join(" | ", manifest.operations())).hasColour());
  }
}
