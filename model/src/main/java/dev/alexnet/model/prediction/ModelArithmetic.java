package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.arithmetic.ArithmeticCheck;
import dev.alexnet.model.arithmetic.CheckedArithmetic;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.ConfigProto;

/**
 * Checks the arithmetic of models before they are used. Models of the same network are checked once
 * on each device.
 */
final class ModelArithmetic {
  private final List<Integer> batches;
  private final Kernels kernels;
  private final Map<Key, CheckedArithmetic> checked = new LinkedHashMap<>();

  private record Key(String preset, int classes, Device device) {}

  /**
   * @param views the most that are computed at a time; a batch may have only one
   */
  ModelArithmetic(int views) {
    this(views, Kernels.ofTensorFlow());
  }

  /**
   * @param kernels in their usual form
   */
  ModelArithmetic(int views, Kernels kernels) {
    this.batches = List.of(views, 1);
    this.kernels = kernels;
  }

  /**
   * Chooses the kernels of a model on a device.
   *
   * @param configuration of the session that it will run in
   * @throws Failure of kind MISMATCH if its network is not known, BAD_DATA if the model does not
   *     have that network, DEVICE if an operation is computed wrongly in every form
   */
  Arithmetic of(ModelDescription model, Device device, ConfigProto configuration) {
    // For every model: another model of the same preset may have been checked before.
    AlexNetSpec network = network(model);
    Key key = new Key(model.preset(), model.classes().size(), device);
    return checked
        .computeIfAbsent(
            key,
            missing -> {
              Arithmetic usual = new Arithmetic(kernels, Map.of(), List.of());
              Execution execution =
                  new Execution(new Placement(List.of(device)), Precision.FP32, usual);
              return new ArithmeticCheck(batches, configuration)
                  .run(network, key.classes(), execution, Pass.INFERENCE);
            })
        .over(kernels);
  }

  /** The results of all checks so far. */
  CheckedArithmetic all() {
    return checked.values().stream().reduce(CheckedArithmetic.NOTHING, CheckedArithmetic::and);
  }

  /**
   * The network of a model.
   *
   * @throws Failure of kind MISMATCH if this program has no network of that name, BAD_DATA if the
   *     model's input or parameters differ from it
   */
  static AlexNetSpec network(ModelDescription model) {
    AlexNetSpec network;
    try {
      network = Presets.described(model.preset());
    } catch (Failure e) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The network of the model is '"
              + model.preset()
              + "', which this program does not have, so its arithmetic cannot be checked. Use the"
              + " version that trained it",
          e);
    }
    long parameters = NetworkProfile.of(network, model.classes().size()).parameters();
    if (network.inputSize() != model.inputSize() || parameters != model.parameters()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          ("%s names the network '%s', which has an input of %d pixels and %,d "
                  + "parameters, but the model has an input of %d pixels and %,d parameters. %s")
              .formatted(
                  ModelDescription.FILE,
                  model.preset(),
                  network.inputSize(),
                  parameters,
                  model.inputSize(),
                  model.parameters(),
                  ModelDescription.REMEDY));
    }
    return network;
  }
}
