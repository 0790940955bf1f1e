package dev.alexnet.model.arithmetic;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.graph.LayerProbe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/**
 * Compares every operation of a network, on every device that computes it, with the same operation
 * in float64, and finds another form for an operation that is computed wrongly. On some processors
 * some TensorFlow kernels are silently wrong for some shapes. Operations that several networks
 * share are checked once.
 */
public final class ArithmeticCheck {
  private final List<Integer> batches;
  private final ConfigProto configuration;
  private final Map<Object, Map<Pass, Double>> known = new HashMap<>();

  /**
   * @param batches how many images dense layers get at a time, which is one of the sizes of their
   *     matrix products
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
   * @throws Failure of kind DEVICE if TensorFlow cannot run an operation at all; MISMATCH if the
   *     environment limits the processor so that bfloat16 would kill the process
   */
  public CheckedArithmetic run(
      AlexNetSpec network, int classes, Execution execution, List<Pass> passes) {
    long began = System.nanoTime();
    if (execution.precision() == Precision.BF16) {
      Processor.ofThisMachine().requireBfloat16();
    }
    ProbeRuns runs = new ProbeRuns(batches, configuration, new Operands(execution.precision()));
    List<CheckedOperation> checked = new ArrayList<>();
    for (LayerProbe probe : LayerProbe.of(network, classes)) {
      try {
        Map<Pass, Double> usual = usualErrors(runs, probe, probe.passes(passes), execution);
        checked.addAll(new FormSearch(runs, probe, execution, usual).run());
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

  private Map<Pass, Double> usualErrors(
      ProbeRuns runs, LayerProbe probe, List<Pass> passes, Execution execution) {
    Object key =
        List.of(
            probe.kernelKey(), passes, execution.precision(), execution.placement().processors());
    return known.computeIfAbsent(key, missing -> runs.errors(probe, passes, execution));
  }
}
