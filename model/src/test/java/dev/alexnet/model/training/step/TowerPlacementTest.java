package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.NodeExecStats;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.StepStats;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Checks where the kernels of a training step really ran, by TensorFlow's own step statistics. */
class TowerPlacementTest {
  private static final Placement TWO_DEVICES = Placement.parse("cpu:0,cpu:1", 2);
  private static final Pattern TOWER_NODE =
      Pattern.compile("tower(\\d)/(forward|backward)/([a-z0-9]+)/.*");
  // TensorFlow fuses a convolution with the rectifier after it, and gives the kernel the
  // rectifier's name.
  private static final Map<String, List<String>> EXPECTED_LAYERS =
      Map.of(
          "forward",
          List.of("conv1", "norm1", "pool1", "relu2", "norm2", "pool2", "relu3", "relu4", "pool5"),
          "backward",
          List.of("fc7", "fc6", "conv5", "conv4", "conv3", "conv2", "norm2", "norm1", "conv1"));

  @TempDir static Path directory;
  private static Dataset data;

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(directory, "train", 56, 4, 32);
  }

  /** A kernel of a tower that ran: its node, layer, pass, tower, and the device it ran on. */
  private record Kernel(String node, String layer, String pass, int tower, int device) {}

  @Test
  void step_onTwoDevices_runsBothPassesOfEachTowerOnItsOwn() {
    try (TrainingSession session = session()) {
      session.variables().initialize();
      session.seek(0);
      List<Kernel> kernels =
          kernels(session.tracedStep(0, new LearningRates(0.01, 0.02)).metadata().getStepStats());
      assertThat(strays(kernels)).isEmpty();
      for (int tower = 0; tower < 2; tower++) {
        for (String pass : List.of("forward", "backward")) {
          int thisTower = tower;
          assertThat(
                  kernels.stream()
                      .filter(k -> k.tower() == thisTower && k.pass().equals(pass))
                      .map(Kernel::layer))
              .as(pass + " pass of tower " + tower)
              .containsAll(EXPECTED_LAYERS.get(pass));
        }
      }
    }
  }

  /** Shows that the check above works: the same graph with an unplaced backward pass. */
  @Test
  void step_withGradientsUnplaced_isCaughtByTheSameCheck() {
    GraphDef unplaced;
    try (TrainingSession session = session()) {
      unplaced = withoutDevices(session.graphDefinition(), "backward");
    }
    try (Graph graph = new Graph()) {
      graph.importGraphDef(unplaced);
      ConfigProto twoDevices = ConfigProto.newBuilder().putDeviceCount("CPU", 2).build();
      try (Session session = new Session(graph, twoDevices)) {
        assertThat(strays(kernels(traceImported(session, updates(unplaced))))).isNotEmpty();
      }
    }
  }

  private static TrainingSession session() {
    return MiniSession.of(data, TWO_DEVICES, 8);
  }

  private static GraphDef withoutDevices(GraphDef definition, String pass) {
    GraphDef.Builder builder = definition.toBuilder();
    for (NodeDef.Builder node : builder.getNodeBuilderList()) {
      Matcher matcher = TOWER_NODE.matcher(node.getName());
      if (matcher.matches() && matcher.group(2).equals(pass)) {
        node.clearDevice();
      }
    }
    return builder.build();
  }

  private static List<String> updates(GraphDef definition) {
    return definition.getNodeList().stream()
        .filter(node -> node.getOp().equals("ResourceApplyKerasMomentum"))
        .map(NodeDef::getName)
        .toList();
  }

  private static StepStats traceImported(Session session, List<String> updates) {
    session.runner().addTarget("initialize").run().close();
    RunOptions trace =
        RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
    try (TInt64 step = TInt64.scalarOf(0);
        TFloat32 rates = TFloat32.tensorOf(Shape.of(updates.size()));
        TFloat32 images = TFloat32.tensorOf(Shape.of(8, 48, 48, 3));
        TInt64 labels = TInt64.tensorOf(Shape.of(8))) {
      Session.Runner runner = session.runner();
      updates.forEach(runner::addTarget);
      var result =
          runner
              .setOptions(trace)
              .feed("feeds/step", step)
              .feed("feeds/rates", rates)
              .feed("input/images/cpu0/Unstage", 0, images)
              .feed("input/images/cpu1/Unstage", 0, images)
              .feed("input/labels/Unstage", 0, labels)
              .runAndFetchMetadata();
      try (result) {
        return result.getMetadata().orElseThrow().getStepStats();
      }
    }
  }

  private static List<Kernel> kernels(StepStats stats) {
    List<Kernel> kernels = new ArrayList<>();
    for (DeviceStepStats device : stats.getDevStatsList()) {
      int index = Integer.parseInt(device.getDevice().replaceAll(".*:", ""));
      for (NodeExecStats node : device.getNodeStatsList()) {
        Matcher matcher = TOWER_NODE.matcher(node.getNodeName());
        if (matcher.matches()) {
          kernels.add(
              new Kernel(
                  node.getNodeName(),
                  matcher.group(3),
                  matcher.group(2),
                  Integer.parseInt(matcher.group(1)),
                  index));
        }
      }
    }
    return kernels;
  }

  private static List<Kernel> strays(List<Kernel> kernels) {
    return kernels.stream().filter(kernel -> kernel.device() != kernel.tower()).toList();
  }
}
