package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.trace.Kernel;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.trace.Transfer;
import dev.alexnet.model.training.device.SessionConfiguration;
import dev.alexnet.model.training.shards.ShardSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TString;

class StagedInputTest {
  private static final Placement TWO_DEVICES = Placement.parse("cpu:0,cpu:1", 2);
  private static final int BATCH = 8;
  private static final int IMAGES = 3 * BATCH + 2;
  private static final SessionPlan PLAN =
      SessionPlan.published(
          Presets.mini(), CheckedExecution.of(Presets.mini(), 4, TWO_DEVICES), BATCH);
  private static final LearningRates NO_RATES = new LearningRates(0, 0);

  @TempDir static Path directory;
  private static Dataset data;

  @BeforeAll
  static void writeData() {
    data = DatasetFixture.write(directory, "train", 56, 4, IMAGES);
  }

  /** A step that follows another finds its batch staged; one after a seek reads it first. */
  @Test
  void step_afterAnother_hasTheBatchThatASeekFinds() {
    try (TrainingSession session = MiniSession.of(data, TWO_DEVICES, BATCH)) {
      session.variables().initialize();
      List<BatchResult> sought = new ArrayList<>();
      for (long step = 0; step < 8; step++) {
        session.seek(step);
        sought.add(session.step(step, NO_RATES));
      }
      List<BatchResult> following = new ArrayList<>();
      for (long step = 0; step < 8; step++) {
        if (step % 4 == 0) {
          session.seek(step);
        }
        following.add(session.step(step, NO_RATES));
      }
      assertThat(following).isEqualTo(sought).doesNotHaveDuplicates();
      assertThat(following)
          .extracting(BatchResult::images)
          .containsExactly(8L, 8L, 8L, 2L, 8L, 8L, 8L, 2L);
    }
  }

  @Test
  void step_afterTheLastOfAnEpoch_failsInsteadOfWaitingForever() {
    try (TrainingSession session = MiniSession.of(data, TWO_DEVICES, BATCH)) {
      session.variables().initialize();
      session.seek(3);
      session.step(3, NO_RATES);
      assertThatThrownBy(() -> session.step(4, NO_RATES))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(data.location() + " has no batch after the 4 of its epoch");
    }
  }

  @Test
  void step_onTwoDevices_keepsTheImagesOnEachAndSendsOnlyTheNextOnes() {
    try (TrainingSession session = MiniSession.of(data, TWO_DEVICES, BATCH)) {
      session.variables().initialize();
      session.seek(0);
      StepTrace trace = StepTrace.of(session.tracedStep(0, NO_RATES).metadata());
      assertThat(trace.kernels())
          .filteredOn(kernel -> kernel.operation().matches("Stage|Unstage"))
          .extracting(Kernel::device, Kernel::node)
          .containsExactlyInAnyOrder(
              tuple("CPU:0", "input/images/cpu0/Unstage"),
              tuple("CPU:0", "input/images/cpu0/Stage"),
              tuple("CPU:1", "input/images/cpu1/Unstage"),
              tuple("CPU:1", "input/images/cpu1/Stage"),
              tuple("CPU:0", "input/labels/Unstage"),
              tuple("CPU:0", "input/labels/Stage"),
              tuple("CPU:0", "input/ids/Unstage"),
              tuple("CPU:0", "input/ids/Stage"));
      assertThat(trace.transfers())
          .filteredOn(transfer -> transfer.tensor().startsWith("input/"))
          .containsExactly(
              new Transfer("CPU:0", "CPU:1", "input/IteratorGetNext", 4L * BATCH * 48 * 48 * 3));
      Set<String> readers = new TreeSet<>();
      for (NodeDef node : session.graphDefinition().getNodeList()) {
        if (node.getInputList().stream().anyMatch(i -> i.startsWith("input/IteratorGetNext"))) {
          readers.add(node.getOp());
        }
      }
      assertThat(readers).containsExactly("Stage");
    }
  }

  @Test
  void put_andTake_keepCountOfTheBatchesOfAnEpoch() {
    try (Graph graph = new Graph()) {
      Ops host = Placement.onHost(Ops.create(graph));
      StagedInput input = local(graph, host);
      try (Session session = new Session(graph, SessionConfiguration.of(TWO_DEVICES))) {
        input.start(session, EpochOrder.shuffled(data, 1, 0, false, 2), List.of());
        assertThat(input.isEmpty()).isTrue();
        assertThat(input.recordsPassed()).isEqualTo(2 * BATCH);
        assertThat(input.hasArrived(session)).isTrue();
        Session.Runner first = input.put(session.runner());
        assertThat(input.hasArrived(session)).isFalse();
        first.run().close();
        assertThat(input.hasArrived(session)).isTrue();
        assertThat(input.isEmpty()).isFalse();
        assertThat(input.recordsPassed()).isZero();
        List<String> third = ids(input, input.put(input.take(session.runner())));
        assertThat(input.isEmpty()).isFalse();
        assertThat(input.hasNext()).isFalse();
        List<String> fourth = ids(input, input.take(session.runner()));
        assertThat(input.isEmpty()).isTrue();
        assertThatThrownBy(() -> input.take(session.runner()))
            .hasMessage("No batch of " + data.location() + " is staged");
        assertThat(third).hasSize(BATCH);
        assertThat(fourth).hasSize(2).doesNotContainAnyElementsOf(third);
      }
    }
  }

  /** A batch that is staged at the start of an epoch belongs to an earlier one. */
  @Test
  void start_withAStagedBatch_dropsIt() {
    try (Graph graph = new Graph()) {
      Ops host = Placement.onHost(Ops.create(graph));
      StagedInput input = local(graph, host);
      try (Session session = new Session(graph, SessionConfiguration.of(TWO_DEVICES))) {
        List<List<String>> batches = new ArrayList<>();
        for (long skipped : new long[] {0, 1, 1}) {
          input.start(session, EpochOrder.shuffled(data, 1, 0, false, skipped), List.of());
          input.put(session.runner()).run().close();
          batches.add(ids(input, input.put(input.take(session.runner()))));
        }
        assertThat(batches.get(1)).doesNotContainAnyElementsOf(batches.get(0));
        assertThat(batches.get(2)).isEqualTo(batches.get(1));
      }
    }
  }

  private static StagedInput local(Graph graph, Ops host) {
    return SessionInputs.of(graph, host, PLAN, data, null, ShardSource.local()).training();
  }

  private static List<String> ids(StagedInput input, Session.Runner runner) {
    List<String> ids = new ArrayList<>();
    try (Result result = runner.fetch(input.imageIds()).run()) {
      ((TString) result.get(0)).scalars().forEach(id -> ids.add(id.getObject()));
    }
    return ids;
  }
}
