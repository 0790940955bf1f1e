package dev.alexnet.model.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.NodeOutput;
import org.tensorflow.proto.RunMetadata;
import org.tensorflow.proto.TensorDescription;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a step ran on each device, and what was sent between the devices.
 *
 * @param kernels by their start
 * @param transfers in the order of the partitioned graph
 */
public record StepTrace(List<Kernel> kernels, List<Transfer> transfers) {
  public StepTrace {
    kernels = List.copyOf(kernels);
    transfers = List.copyOf(transfers);
  }

  /**
   * @param metadata of a run with a full trace and the partitioned graphs
   */
  public static StepTrace of(RunMetadata metadata) {
    Map<String, Long> bytes = new HashMap<>();
    for (DeviceStepStats device : metadata.getStepStats().getDevStatsList()) {
      for (NodeExecStats node : device.getNodeStatsList()) {
        for (NodeOutput output : node.getOutputList()) {
          bytes.put(
              node.getNodeName() + ":" + output.getSlot(), bytes(output.getTensorDescription()));
        }
      }
    }
    return new StepTrace(KernelStatistics.of(metadata.getStepStats()), transfers(metadata, bytes));
  }

  /** The bytes sent between the towers. */
  public long bytesBetweenTowers() {
    return transfers.stream().filter(Transfer::betweenTowers).mapToLong(Transfer::bytes).sum();
  }

  /** The statistics do not list the transfers themselves, only the tensors that are sent. */
  private static List<Transfer> transfers(RunMetadata metadata, Map<String, Long> bytes) {
    List<Transfer> transfers = new ArrayList<>();
    for (GraphDef partition : metadata.getPartitionGraphsList()) {
      for (NodeDef node : partition.getNodeList()) {
        if (node.getOp().equals("_Send") || node.getOp().equals("_HostSend")) {
          String tensor = node.getInput(0);
          String output = tensor.contains(":") ? tensor : tensor + ":0";
          transfers.add(
              new Transfer(
                  device(node, "send_device"),
                  device(node, "recv_device"),
                  tensor,
                  bytes.getOrDefault(output, 0L)));
        }
      }
    }
    return transfers;
  }

  private static String device(NodeDef node, String attribute) {
    return KernelStatistics.shortName(node.getAttrOrThrow(attribute).getS().toStringUtf8());
  }

  private static long bytes(TensorDescription tensor) {
    long values = 1;
    for (TensorShapeProto.Dim dimension : tensor.getShape().getDimList()) {
      values *= dimension.getSize();
    }
    return values * size(tensor.getDtype());
  }

  /** Strings and handles have no fixed size, but none is sent between devices. */
  private static int size(DataType type) {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8 -> 1;
      case DT_BFLOAT16, DT_HALF, DT_INT16 -> 2;
      case DT_FLOAT, DT_INT32 -> 4;
      case DT_DOUBLE, DT_INT64 -> 8;
      default -> 0;
    };
  }
}
