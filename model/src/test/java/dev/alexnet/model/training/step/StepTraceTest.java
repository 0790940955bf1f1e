package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.trace.ChromeTrace;
import dev.alexnet.model.trace.Kernel;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.trace.TraceTable;
import dev.alexnet.model.trace.Transfer;
import dev.alexnet.model.training.watch.StallWatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTraceTest {
  private static final double MEBI = 1024 * 1024;

  /** TensorFlow 2.18's names of a convolution with its biases, without and with the rectifier. */
  private static final String FUSED = "_MklNativeFusedConv2D";

  @TempDir Path directory;

  private StepTrace trace(AlexNetSpec spec, String devices, int batch) {
    Dataset data = DatasetFixture.write(directory, "train", spec.imageSize(), 4, 2 * batch);
    Placement placement = Placement.parse(devices, 2);
    try (TrainingSession session =
        new TrainingSession(
            SessionPlan.published(spec, Execution.on(placement), batch),
            data,
            null,
            StallWatch.unlimited())) {
      session.variables().initialize();
      session.seek(0);
      TrainingSession.Traced step = session.tracedStep(0, new LearningRates(0.01, 0.02));
      assertThat(step.result().images()).isEqualTo(batch);
      return StepTrace.of(step.metadata());
    }
  }

  @Test
  void transfers_ofMiniOnTwoDevices_areTheLinksOfThePaperAndTheirGradients() {
    StepTrace trace = trace(Presets.mini(), "cpu:0,cpu:1", 8);
    assertThat(trace.transfers().stream().filter(Transfer::betweenTowers))
        .extracting(Transfer::from, transfer -> transfer.tensor().replaceFirst("/[A-Z].*", ""))
        .containsExactlyInAnyOrder(
            pair("CPU:0", "tower0/forward/pool2"),
            pair("CPU:1", "tower1/forward/pool2"),
            pair("CPU:0", "tower0/forward/fc6"),
            pair("CPU:1", "tower1/forward/fc6"),
            pair("CPU:0", "tower0/forward/dropout6"),
            pair("CPU:1", "tower1/forward/dropout6"),
            pair("CPU:1", "tower1/forward/dropout7"),
            pair("CPU:0", "tower0/backward/fc8"),
            pair("CPU:0", "tower0/backward/fc7"),
            pair("CPU:1", "tower1/backward/fc7"),
            pair("CPU:0", "tower0/backward/fc6"),
            pair("CPU:1", "tower1/backward/fc6"),
            pair("CPU:0", "tower0/backward/conv3"),
            pair("CPU:1", "tower1/backward/conv3"));
    assertThat(trace.bytesBetweenTowers())
        .isEqualTo(NetworkProfile.of(Presets.mini(), 4).crossingBytes(8));
  }

  private static Tuple pair(String device, String layer) {
    return tuple(device, layer);
  }

  /** Traffic is proportional to the batch; 4 images are a thirty-second of the paper's 128. */
  @Test
  void bytesBetweenTowers_ofPublished_areThoseOfTheProfile() {
    StepTrace trace = trace(Presets.published(), "cpu:0,cpu:1", 4);
    assertThat(trace.bytesBetweenTowers())
        .isEqualTo(NetworkProfile.of(Presets.published(), 4).crossingBytes(4));
    assertThat(trace.bytesBetweenTowers() * 32 / MEBI).isCloseTo(57.3, within(0.05));
    assertThat(work(trace, "CPU:1")).isEqualTo(work(trace, "CPU:0")).isNotEmpty();
  }

  /**
   * How often each layer, except the last one, which is not split, runs each of the expensive
   * operations.
   */
  private static Map<String, Long> work(StepTrace trace, String device) {
    return trace.kernels().stream()
        .filter(kernel -> kernel.device().equals(device) && !kernel.layer().equals("fc8"))
        .filter(kernel -> kernel.operation().matches(".*(Conv2D|MatMul|LRN|Pool|Momentum).*"))
        .collect(
            Collectors.groupingBy(
                kernel -> kernel.layer() + " " + kernel.pass() + " " + kernel.operation(),
                Collectors.counting()));
  }

  @Test
  void of_oneDevice_hasNoTransfersAndAllPassesOfEachLayer() {
    StepTrace trace = trace(Presets.mini(), "cpu:0", 8);
    assertThat(trace.transfers()).isEmpty();
    assertThat(trace.kernels()).extracting(Kernel::device).containsOnly("CPU:0");
    Map<String, Set<Kernel.Pass>> passes =
        trace.kernels().stream()
            .collect(
                Collectors.groupingBy(
                    Kernel::layer, Collectors.mapping(Kernel::pass, Collectors.toSet())));
    assertThat(passes.get("fc7"))
        .containsExactlyInAnyOrder(Kernel.Pass.FORWARD, Kernel.Pass.BACKWARD, Kernel.Pass.UPDATE);
    assertThat(passes.get("loss")).containsExactly(Kernel.Pass.OTHER);
  }

  @Test
  void chromeTrace_ofTwoDevices_neverOverlapsTwoKernelsOfALane() {
    StepTrace trace = trace(Presets.mini(), "cpu:0,cpu:1", 8);
    ChromeTrace chrome = ChromeTrace.of(trace, List.of());
    Map<List<Object>, List<Map<String, Object>>> lanes =
        chrome.traceEvents().stream()
            .filter(event -> event.get("ph").equals("X"))
            .collect(Collectors.groupingBy(e -> List.of(e.get("pid"), e.get("tid"))));
    assertThat(lanes.values().stream().mapToInt(List::size).sum())
        .isEqualTo(trace.kernels().size());
    lanes
        .values()
        .forEach(
            events -> {
              double free = 0;
              for (Map<String, Object> event : events) {
                assertThat((double) event.get("ts")).isGreaterThanOrEqualTo(free - 1e-3);
                free = (double) event.get("ts") + (double) event.get("dur");
              }
            });
    assertThat(chrome.traceEvents())
        .filteredOn(event -> event.get("ph").equals("M"))
        .extracting(event -> event.get("args"))
        .containsExactlyInAnyOrder(Map.of("name", "CPU:0"), Map.of("name", "CPU:1"));
    assertThat(chrome.traceEvents())
        .filteredOn(event -> event.get("ph").equals("i"))
        .hasSize(trace.transfers().size());
  }

  @Test
  void chromeTrace_whereAKernelComputesTwoLayers_namesBothOnThatDevice() {
    StepTrace trace =
        new StepTrace(
            List.of(
                new Kernel("CPU:0", "tower0/forward/conv2/Cast", "Cast", 0, 1),
                new Kernel("CPU:0", "tower0/forward/relu2/Relu", FUSED, 1, 1),
                new Kernel("CPU:0", "tower0/backward/conv2/Filter", "Filter", 2, 1),
                new Kernel("CPU:1", "tower1/forward/conv2/Conv2D", "Conv2D", 3, 1),
                new Kernel("CPU:1", "loss/Sum", "Sum", 4, 1)),
            List.of());
    assertThat(ChromeTrace.of(trace, List.of("conv2", "relu2")).traceEvents())
        .filteredOn(event -> event.get("ph").equals("X"))
        .extracting(event -> (Object) ((Map<?, ?>) event.get("args")).get("layer"))
        .containsExactly("conv2 + relu2", "conv2 + relu2", "conv2 + relu2", "conv2", "loss");
  }

  @Test
  void table_ofMadeUpKernels_addsTimesByDeviceLayerAndPass() {
    StepTrace trace =
        new StepTrace(
            List.of(
                new Kernel("CPU:0", "tower0/forward/conv2/Cast", "Cast", 0, 20_000),
                new Kernel("CPU:0", "tower0/forward/conv1/BiasAdd", FUSED, 1, 1_500_000),
                new Kernel("CPU:0", "tower0/forward/norm1/LRN", "LRN", 2, 100_000),
                new Kernel("CPU:0", "tower0/forward/relu2/Relu", FUSED, 3, 4_000_000),
                new Kernel("CPU:0", "tower0/backward/relu2/Grad", "ReluGrad", 4, 50_000),
                new Kernel("CPU:0", "tower0/backward/conv2/Filter", "Filter", 5, 3_000_000),
                new Kernel("CPU:0", "tower0/backward/conv1/Filter", "Filter", 6, 2_000_000),
                new Kernel("CPU:0", "tower0/conv1_weights/update/Mul", "Mul", 7, 250_000),
                new Kernel("CPU:1", "loss/Sum", "Sum", 8, 10_000)),
            List.of(
                new Transfer("CPU:0", "CPU:1", "tower0/forward/pool2/MaxPool", 1 << 20),
                new Transfer("CPU:0", "CPU:1", "input/IteratorGetNext", 1 << 19)));
    assertThat(TraceTable.of(trace, List.of("conv1", "norm1", "conv2", "relu2")).lines())
        .containsExactly(
            "device    layer            kernels  forward ms backward ms   update ms    other ms",
            "CPU:0     conv1                  3        1.50        2.00        0.25        0.00",
            "CPU:0     norm1                  1        0.10        0.00        0.00        0.00",
            "CPU:0     conv2 + relu2          4        4.02        3.05        0.00        0.00",
            "CPU:0     all                    8        5.62        5.05        0.25        0.00",
            "CPU:1     loss                   1        0.00        0.00        0.00        0.01",
            "CPU:1     all                    1        0.00        0.00        0.00        0.01",
            "CPU:0 to CPU:1, between towers: 1.000 MiB in 1 tensors",
            "CPU:0 to CPU:1, input and signals: 0.500 MiB in 1 tensors");
  }
}
