package dev.alexnet.model.arithmetic;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LayerOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param operations in the order of the layers
 * @param seconds that the check took
 */
public record CheckedArithmetic(List<CheckedOperation> operations, double seconds) {
  /** The result for no network. */
  public static final CheckedArithmetic NOTHING = new CheckedArithmetic(List.of(), 0);

  public CheckedArithmetic {
    operations = List.copyOf(operations);
  }

  /** This and another result together. */
  public CheckedArithmetic and(CheckedArithmetic other) {
    List<CheckedOperation> both = new ArrayList<>(operations);
    both.addAll(other.operations);
    return new CheckedArithmetic(both, seconds + other.seconds);
  }

  /**
   * Selects for each operation a form that computes it correctly.
   *
   * @throws Failure of kind DEVICE if there is none for one of them
   */
  public Arithmetic over(Kernels kernels) {
    Map<LayerOperation, Form> forms = new HashMap<>();
    for (CheckedOperation checked : operations) {
      if (checked.form().isEmpty()) {
        throw failure(checked);
      } else if (!checked.isUsual()) {
        forms.put(checked.operation(), checked.form().get());
      }
    }
    return new Arithmetic(kernels, forms, replacements());
  }

  /**
   * A sentence for each operation that is computed in another form; empty if the processor computes
   * correctly.
   */
  public List<String> replacements() {
    return operations.stream()
        .filter(checked -> checked.form().isPresent() && !checked.isUsual())
        .map(CheckedOperation::replacement)
        .distinct()
        .toList();
  }

  private Failure failure(CheckedOperation checked) {
    long others = operations.stream().filter(each -> each.form().isEmpty()).count() - 1;
    return new Failure(
        Failure.Kind.DEVICE,
        checked.fault()
            + ", and no other form of it is correct"
            + (others == 0 ? "" : ", nor is any for " + others + " more operations")
            + ". "
            + remedy(checked.devices().stream().anyMatch(Device::gpu))
            + "; 'alexnet doctor --arithmetic table' shows every operation");
  }

  private static String remedy(boolean gpu) {
    if (gpu) {
      return "Check that NVIDIA_TF32_OVERRIDE is 0 and that the GPU works correctly, or "
          + "choose other devices";
    }
    return Processor.usesOneDnn()
        ? "Set " + Processor.ONEDNN + "=0 in the environment, which is slower, and run it again"
        : "oneDNN's kernels are already switched off ("
            + Processor.ONEDNN
            + "=0), so use another machine or version of TensorFlow";
  }
}
