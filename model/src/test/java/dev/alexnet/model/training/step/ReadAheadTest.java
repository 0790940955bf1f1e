package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.CheckedExecution;
import dev.alexnet.model.testing.ManyShards;
import dev.alexnet.model.training.device.SessionConfiguration;
import dev.alexnet.model.training.shards.ShardSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

class ReadAheadTest {
  private static final int SHUFFLED = 8192;
  private static final int BATCH = 3;

  @TempDir Path directory;

  @Test
  void atLeast_andAtMost_countFromTheStartOfTheEpoch() {
    ReadAhead readAhead = new ReadAhead(128, SHUFFLED, 8, 2);
    assertThat(readAhead.atLeast(0)).isZero();
    assertThat(readAhead.atLeast(1)).isEqualTo(8191 + 128);
    assertThat(readAhead.atLeast(10)).isEqualTo(8191 + 1280);
    assertThat(readAhead.atMost(1)).isEqualTo(8191 + (1 + 2 + 16) * 128);
    assertThat(readAhead.atMost(10)).isEqualTo(8191 + (10 + 2 + 16) * 128);
  }

  @Test
  void atMost_manyCallsOfSmallBatches_coversTheCalls() {
    assertThat(new ReadAhead(8, 1, 300, 2).atMost(1)).isEqualTo((1 + 2 + 38) * 8);
  }

  /**
   * With one record in each shard, the file that is open tells exactly how many records TensorFlow
   * has read.
   */
  @Test
  void put_whileTensorFlowReadsAhead_staysWithinTheWindow() {
    long[] records = new long[SHUFFLED + 400];
    Arrays.fill(records, 1);
    Dataset data = ManyShards.write(directory, "train", records);
    SessionPlan plan =
        SessionPlan.published(
            Presets.mini(), CheckedExecution.of(Presets.mini(), 4, Placement.host(2)), BATCH);
    ReadAhead readAhead;
    try (Graph graph = new Graph()) {
      Ops host = Placement.onHost(Ops.create(graph));
      StagedInput input =
          SessionInputs.of(graph, host, plan, data, null, ShardSource.local()).training();
      readAhead = input.readAhead();
      EpochOrder epoch = EpochOrder.shuffled(data, 1, 0, false, 5);
      int measured = 0;
      try (Session session = new Session(graph, SessionConfiguration.of(Placement.host(2)))) {
        input.start(session, epoch, List.of());
        assertThat(open(data, epoch)).isEmpty();
        for (long batches = 6; batches <= 60; batches++) {
          input.put(session.runner()).run().close();
          OptionalInt open = open(data, epoch);
          if (open.isPresent()) {
            assertThat((long) open.getAsInt())
                .isBetween(readAhead.atLeast(batches), readAhead.atMost(batches));
            measured++;
          }
          input.take(session.runner()).run().close();
        }
      }
      assertThat(measured).isPositive();
    }
  }

  /** The number of the shard that this process has open, from 1. */
  private static OptionalInt open(Dataset data, EpochOrder epoch) {
    List<Path> order =
        epoch.shards().stream().map(shard -> data.shardLocation(shard).localPath()).toList();
    List<Path> files =
        Arrays.stream(new File("/proc/self/fd").listFiles()).map(ReadAheadTest::target).toList();
    return IntStream.range(0, order.size())
        .filter(index -> files.contains(order.get(index)))
        .map(index -> index + 1)
        .max();
  }

  private static Path target(File descriptor) {
    try {
      return Files.readSymbolicLink(descriptor.toPath());
    } catch (IOException e) {
      // Another thread has closed it.
      return descriptor.toPath();
    }
  }
}
