package dev.alexnet.model.arithmetic;

import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.graph.LayerProbe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;

/** Runs layers on all devices with all batch sizes. */
final class ProbeRuns {
  /**
   * For all layers but dense ones, whose kernels are the same for every batch size but 1. The
   * second run may reveal leftovers of the first, or errors that occur only sometimes.
   */
  private static final List<Integer> FEW_IMAGES = List.of(2, 2);

  private final List<Integer> batches;
  private final ConfigProto configuration;
  private final Operands operands;

  /**
   * @param batches how many images dense layers get at a time
   */
  ProbeRuns(List<Integer> batches, ConfigProto configuration, Operands operands) {
    this.batches = batches;
    this.configuration = configuration;
    this.operands = operands;
  }

  /** The largest error of each operation. */
  Map<Pass, Double> errors(LayerProbe probe, List<Pass> passes, Execution execution) {
    Map<Pass, Double> largest = new EnumMap<>(Pass.class);
    for (Device device : execution.placement().processors()) {
      try (ProbeGraph graph = graph(probe, passes, execution.on(device))) {
        for (int images : imagesOf(probe)) {
          graph.errors(images).forEach((pass, error) -> largest.merge(pass, error, Math::max));
        }
      }
    }
    return largest;
  }

  private List<Integer> imagesOf(LayerProbe probe) {
    return probe.spec() instanceof LayerSpec.Dense
        ? batches
        : Stream.concat(FEW_IMAGES.stream(), batches.stream().filter(size -> size == 1)).toList();
  }

  /** The graph that TensorFlow gets for the operations. */
  GraphDef definition(LayerProbe probe, List<Pass> passes, Execution execution) {
    Device any = execution.placement().towers().get(0);
    try (ProbeGraph graph = graph(probe, passes, execution.on(any))) {
      return graph.definition();
    }
  }

  private ProbeGraph graph(LayerProbe probe, List<Pass> passes, Execution execution) {
    return new ProbeGraph(probe, passes, execution, configuration, operands);
  }
}
