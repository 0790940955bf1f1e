package dev.alexnet.model.arithmetic;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.kernel.Form;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerOperation;
import dev.alexnet.model.network.LayerProbe;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/**
 * Compares every operation that a network is made of, on every device that computes it, with the
 * same in float64, and finds another form for one that is computed wrongly. On some processors some
 * kernels of TensorFlow are wrong for some shapes, without a word. What several networks have in
 * common is checked once.
 */
public final class ArithmeticCheck {
  /** For all but dense layers: their kernels are the same for every number of images. */
  private static final List<Integer> FEW_IMAGES = List.of(2);

  private final List<Integer> batches;
  private final ConfigProto configuration;
  private final Map<Object, Map<Pass, Double>> known = new HashMap<>();

  /**
   * @param batches how many images dense layers get at a time: of their matrix products it is one
   *     of the sizes
   * @param configuration of the session that the networks will run in
   */
  public ArithmeticCheck(List<Integer> batches, ConfigProto configuration) {
    this.batches = List.copyOf(batches);
    this.configuration = configuration;
  }

  /**
   * @param classes how many units the last layer has
   * @param execution with the kernels in their usual form
   * @param passes that will be run
   * @throws Failure of kind DEVICE if TensorFlow cannot run an operation at all
   */
  public CheckedArithmetic run(
      AlexNetSpec network, int classes, Execution execution, List<Pass> passes) {
    long began = System.nanoTime();
    Operands operands = new Operands(execution.precision());
    List<CheckedOperation> checked = new ArrayList<>();
    for (LayerProbe probe : LayerProbe.of(network, classes)) {
      try {
        checked.addAll(check(probe, probe.passes(passes), execution, operands));
      } catch (TensorFlowException e) {
        throw new Failure(
            Failure.Kind.DEVICE,
            "The arithmetic of %s could not be checked on %s: %s"
                .formatted(probe.spec().name(), execution.placement(), e.getMessage()),
            e);
      }
    }
    return new CheckedArithmetic(checked, (System.nanoTime() - began) / 1e9);
  }

  private List<CheckedOperation> check(
      LayerProbe probe, List<Pass> passes, Execution execution, Operands operands) {
    List<CheckedOperation> checked = new ArrayList<>();
    Set<Device> devices = devices(execution.placement());
    usualErrors(probe, passes, execution, operands)
        .forEach(
            (pass, usual) -> {
              LayerOperation operation =
                  new LayerOperation(probe.spec().name(), pass, execution.precision());
              Optional<Form> right = Optional.empty();
              double error = usual;
              for (Form form : Form.values()) {
                if (form != Form.AS_IS) {
                  Execution other = execution.by(execution.arithmetic().replacing(operation, form));
                  error = errors(probe, List.of(pass), other, operands).get(pass);
                }
                if (Tolerance.holds(execution.precision(), error)) {
                  right = Optional.of(form);
                  break;
                }
              }
              checked.add(
                  new CheckedOperation(operation, devices, probe.shapes(), usual, right, error));
            });
    return checked;
  }

  private Map<Pass, Double> usualErrors(
      LayerProbe probe, List<Pass> passes, Execution execution, Operands operands) {
    Object key =
        List.of(probe.kernels(), passes, execution.precision(), devices(execution.placement()));
    return known.computeIfAbsent(key, missing -> errors(probe, passes, execution, operands));
  }

  /** The largest error of each operation over the devices and batches. */
  private Map<Pass, Double> errors(
      LayerProbe probe, List<Pass> passes, Execution execution, Operands operands) {
    List<Integer> sizes = probe.spec() instanceof LayerSpec.Dense ? batches : FEW_IMAGES;
    Map<Pass, Double> largest = new EnumMap<>(Pass.class);
    for (Device device : devices(execution.placement())) {
      try (ProbeGraph graph =
          new ProbeGraph(probe, passes, execution.on(device), configuration, operands)) {
        for (int batch : sizes) {
          graph.errors(batch).forEach((pass, error) -> largest.merge(pass, error, Math::max));
        }
      }
    }
    return largest;
  }

  /** Those of a placement, of which all CPU devices are the same processor. */
  private static Set<Device> devices(Placement placement) {
    Set<Device> devices = new LinkedHashSet<>();
    placement.towers().forEach(device -> devices.add(device.gpu() ? device : Device.HOST));
    return devices;
  }
}
