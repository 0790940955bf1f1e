package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Checks that no update can run before a gradient is computed. A race would show up only
 * occasionally in a run, so the graph is checked: whatever an update does not wait for may run
 * after it.
 */
class UpdateBarrierTest {
  private static final String UPDATE = "ResourceApplyKerasMomentum";
  private static final String BARRIER = "update/gradients_ready";

  @TempDir Path directory;

  private GraphDef definition() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, 8);
    try (TrainingSession session = MiniSession.of(data, Placement.parse("cpu:0,cpu:1", 2), 8)) {
      return session.graphDefinition();
    }
  }

  @Test
  void updates_all_waitForEveryBackwardOperation() {
    GraphDef definition = definition();
    assertThat(definition.getNodeList())
        .filteredOn(node -> node.getOp().equals(UPDATE))
        .hasSize(30);
    assertThat(hasty(definition)).isEmpty();
  }

  /** Shows that the check above works: the same graph without the barrier. */
  @Test
  void updates_withoutTheBarrier_areCaughtByTheSameCheck() {
    GraphDef.Builder builder = definition().toBuilder();
    for (NodeDef.Builder node : builder.getNodeBuilderList()) {
      if (node.getName().equals(BARRIER)) {
        node.clearInput();
      }
    }
    assertThat(hasty(builder.build())).hasSize(30);
  }

  /** The updates that do not wait for each gradient of a parameter or an activation. */
  private static List<String> hasty(GraphDef definition) {
    Map<String, NodeDef> nodes =
        definition.getNodeList().stream()
            .collect(Collectors.toMap(NodeDef::getName, Function.identity()));
    Set<String> gradients =
        nodes.values().stream()
            .filter(node -> node.getName().matches("tower\\d/backward/.*"))
            .filter(node -> node.getOp().matches("Conv2DBackprop.*|MatMul|BiasAddGrad|LRNGrad"))
            .map(NodeDef::getName)
            .collect(Collectors.toSet());
    assertThat(gradients).hasSize(47);
    List<String> hasty = new ArrayList<>();
    for (NodeDef node : nodes.values()) {
      if (node.getOp().equals(UPDATE) && !awaited(node, nodes).containsAll(gradients)) {
        hasty.add(node.getName());
      }
    }
    return hasty;
  }

  private static Set<String> awaited(NodeDef from, Map<String, NodeDef> nodes) {
    Set<String> seen = new HashSet<>();
    Deque<NodeDef> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (String input : open.pop().getInputList()) {
        String name = input.replaceFirst("^\\^", "").replaceFirst(":\\d+$", "");
        if (seen.add(name)) {
          open.push(nodes.get(name));
        }
      }
    }
    return seen;
  }
}
