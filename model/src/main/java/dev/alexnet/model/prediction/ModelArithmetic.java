package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.arithmetic.ArithmeticCheck;
import dev.alexnet.model.arithmetic.CheckedArithmetic;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.ConfigProto;

/**
 * Checks the arithmetic of models before they are used. Models of the same network are checked once
 * on each device.
 */
final class ModelArithmetic {
  /** One picture, a usual batch, and what may be left of one. */
  private static final List<Integer> BATCHES = List.of(1, 100, 15);

  private final Kernels kernels;
  private final Map<Key, CheckedArithmetic> checked = new HashMap<>();

  private record Key(String preset, int classes, Device device) {}

  ModelArithmetic() {
    this(Kernels.ofTensorFlow());
  }

  /**
   * @param kernels in their usual form
   */
  ModelArithmetic(Kernels kernels) {
    this.kernels = kernels;
  }

  /**
   * Chooses the kernels of a model on a device.
   *
   * @param configuration of the session that it will run in
   * @throws Failure of kind MISMATCH if its network is not known, DEVICE if an operation computes
   *     wrongly in every form
   */
  Arithmetic of(ModelDescription model, Device device, ConfigProto configuration) {
    Key key = new Key(model.preset(), model.classes().size(), device);
    return checked
        .computeIfAbsent(
            key,
            missing -> {
              Arithmetic usual = new Arithmetic(kernels, Map.of(), List.of());
              Execution execution =
                  new Execution(new Placement(List.of(device)), Precision.FP32, usual);
              return new ArithmeticCheck(BATCHES, configuration)
                  .run(network(model), key.classes(), execution, Pass.INFERENCE);
            })
        .over(kernels);
  }

  /** What all checks so far found. */
  CheckedArithmetic all() {
    return checked.values().stream().reduce(CheckedArithmetic.NOTHING, CheckedArithmetic::and);
  }

  /**
   * The network of a model.
   *
   * @throws Failure of kind MISMATCH if this program has none of its name
   */
  static AlexNetSpec network(ModelDescription model) {
    try {
      return Presets.described(model.preset());
    } catch (Failure e) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The model is of the network '"
              + model.preset()
              + "', which this program does not have, so its arithmetic cannot be checked. Use the"
              + " version that trained it",
          e);
    }
  }
}
