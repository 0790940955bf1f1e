package dev.alexnet.model.training;

import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.augmentation.AugmentationGraph;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Placement;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * What a training graph reads.
 *
 * @param training images augmented on the fly, or as they were augmented and stored
 * @param validation the centres of images; null for none
 */
record SessionInputs(StagedInput training, StagedInput validation) {

  /**
   * @param tf a scope on the CPU
   * @param validation null for none
   * @param batch images a step
   */
  static SessionInputs of(
      Graph graph,
      Ops tf,
      AlexNetSpec spec,
      Placement placement,
      Dataset data,
      Dataset validation,
      int batch) {
    RecordFunctions functions = new RecordFunctions(spec.inputSize(), data.meanImage());
    int parallelCalls = Runtime.getRuntime().availableProcessors();
    StagedInput training;
    Ops scope = tf.withSubScope("input");
    try (ConcreteFunction function = trainingFunction(spec, data, functions)) {
      InputGraph shuffled =
          new InputGraph(graph, scope, function, spec.inputSize(), batch, true, parallelCalls);
      training = new StagedInput(scope, shuffled, data, batch, placement);
    }
    if (validation == null) {
      return new SessionInputs(training, null);
    }
    Ops validationScope = tf.withSubScope("validation_input");
    try (ConcreteFunction centre = functions.validation(validation.manifest())) {
      InputGraph ordered =
          new InputGraph(
              graph, validationScope, centre, spec.inputSize(), batch, false, parallelCalls);
      return new SessionInputs(
          training, new StagedInput(validationScope, ordered, validation, batch, placement));
    }
  }

  private static ConcreteFunction trainingFunction(
      AlexNetSpec spec, Dataset data, RecordFunctions functions) {
    DatasetManifest manifest = data.manifest();
    return manifest.operations().isEmpty()
        ? functions.training(
            manifest,
            new AugmentationGraph(
                Augmentation.published(spec.inputSize()), data.statistics().colours()))
        : functions.augmented(
            manifest, Augmentation.parse(String.join(" | ", manifest.operations())).hasColour());
  }
}
