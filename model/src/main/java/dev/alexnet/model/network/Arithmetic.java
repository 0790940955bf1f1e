package dev.alexnet.model.network;

import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.kernel.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which kernels compute a network.
 *
 * @param kernels of every operation in its usual form
 * @param replaced the operations that are computed in another form
 * @param reasons a sentence for each of those: why, and how they are computed
 */
public record Arithmetic(
    Kernels kernels, Map<LayerOperation, Form> replaced, List<String> reasons) {
  /** TensorFlow's own kernels for everything. */
  public static final Arithmetic AS_IS =
      new Arithmetic(Kernels.ofTensorFlow(), Map.of(), List.of());

  public Arithmetic {
    replaced = Map.copyOf(replaced);
    reasons = List.copyOf(reasons);
  }

  /** The same with one operation in another form. */
  public Arithmetic replacing(LayerOperation operation, Form form) {
    Map<LayerOperation, Form> more = new HashMap<>(replaced);
    more.put(operation, form);
    return new Arithmetic(kernels, more, reasons);
  }

  Kernels of(LayerOperation operation) {
    return replaced.getOrDefault(operation, Form.AS_IS).over(kernels);
  }
}
