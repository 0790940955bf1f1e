package dev.alexnet.model.network;

import dev.alexnet.model.kernel.Kernels;
import java.util.List;

/**
 * Where a network is computed, and how.
 *
 * @param placement with a device for each of the network's towers
 * @param precision of what flows between layers
 * @param arithmetic the kernels
 */
public record Execution(Placement placement, Precision precision, Arithmetic arithmetic) {

  /** TensorFlow's own kernels, in float32. */
  public static Execution on(Placement placement) {
    return on(placement, Precision.FP32);
  }

  /** TensorFlow's own kernels. */
  public static Execution on(Placement placement, Precision precision) {
    return new Execution(placement, precision, Arithmetic.AS_IS);
  }

  /** The same in another precision. */
  public Execution in(Precision other) {
    return new Execution(placement, other, arithmetic);
  }

  /** The same with other kernels. */
  public Execution by(Arithmetic other) {
    return new Execution(placement, precision, other);
  }

  /** The same on one device, for one tower. */
  public Execution on(Device device) {
    return new Execution(new Placement(List.of(device)), precision, arithmetic);
  }

  public LayerKernels kernelsOf(String layer) {
    return pass -> arithmetic.of(new LayerOperation(layer, pass, precision));
  }

  /** The kernels of one layer. */
  @FunctionalInterface
  public interface LayerKernels {
    Kernels in(Pass pass);
  }
}
