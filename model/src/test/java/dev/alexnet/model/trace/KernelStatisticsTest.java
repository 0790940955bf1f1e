package dev.alexnet.model.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.StepStats;

class KernelStatisticsTest {
  private static final String HOST = "/job:localhost/replica:0/task:0/device:CPU:0";
  private static final String GPU = "/job:localhost/replica:0/task:0/device:GPU:1";
  private static final String CONV = "tower1/forward/conv1/Conv2D";

  private static DeviceStepStats device(String name, NodeExecStats... nodes) {
    DeviceStepStats.Builder device = DeviceStepStats.newBuilder().setDevice(name);
    for (NodeExecStats node : nodes) {
      device.addNodeStats(node);
    }
    return device.build();
  }

  private static NodeExecStats onHost(String node, String label, long startNanos, long nanos) {
    return NodeExecStats.newBuilder()
        .setNodeName(node)
        .setTimelineLabel(label)
        .setAllStartNanos(startNanos)
        .setOpStartRelNanos(5)
        .setOpEndRelNanos(5 + nanos)
        .build();
  }

  private static NodeExecStats onStream(String label, long startMicros, long micros) {
    return NodeExecStats.newBuilder()
        .setNodeName("sgemm_128x64")
        .setTimelineLabel(label)
        .setAllStartMicros(startMicros)
        .setOpEndRelMicros(micros)
        .build();
  }

  /** Written by hand in the form that TensorFlow's timeline.py reads; not verified on a GPU. */
  @Test
  void of_streamsOfAGpu_areItsKernelsAndItsLaunchesAndRepetitionsAreNot() {
    NodeExecStats kernel = onStream("sgemm_128x64 regs:80 @@" + CONV + ":Conv2D#id=1#", 20, 7);
    StepStats statistics =
        StepStats.newBuilder()
            .addDevStats(
                device(HOST, onHost("loss/Sum", "loss/Sum = Sum(loss/Mul, axis)", 15_000, 40)))
            .addDevStats(
                device(GPU, onHost(CONV, CONV + " = Conv2D(images, weights)", 10_000, 300)))
            .addDevStats(device("/device:GPU:1/stream:all", kernel))
            .addDevStats(device("/device:GPU:1/stream:14", kernel))
            .addDevStats(
                device("/device:GPU:1/stream:15<MemcpyP2P>", onStream("MEMCPYP2P bytes:9", 30, 2)))
            .build();
    assertThat(KernelStatistics.of(statistics))
        .containsExactly(
            new Kernel("CPU:0", "loss/Sum", "Sum", 15_005, 40),
            new Kernel("GPU:1", CONV, "Conv2D", 20_000, 7_000),
            new Kernel("GPU:1", "sgemm_128x64", "MEMCPYP2P bytes:9", 30_000, 2_000));
  }

  @Test
  void of_aGpuWithoutStreams_areItsLaunches() {
    StepStats statistics =
        StepStats.newBuilder()
            .addDevStats(
                device(GPU, onHost(CONV, CONV + " = Conv2D(images, weights)", 10_000, 300)))
            .build();
    assertThat(KernelStatistics.of(statistics))
        .containsExactly(new Kernel("GPU:1", CONV, "Conv2D", 10_005, 300));
  }
}
