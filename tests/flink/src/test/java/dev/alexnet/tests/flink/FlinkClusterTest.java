package dev.alexnet.tests.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.cluster.TestCluster;
import dev.alexnet.tests.engine.ClusterContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Flink session cluster, which runs many jobs in the same workers. */
class FlinkClusterTest extends ClusterContract {
  @Override
  protected TestCluster start(Path directory) throws Exception {
    return FlinkSessionCluster.start(directory);
  }

  @Test
  void jobs_oneAfterTheOther_leaveTheWorkersAlive() throws Exception {
    FlinkSessionCluster session = (FlinkSessionCluster) cluster;
    List<Long> workers = session.workerIds();
    score("first", engine());
    score("second", engine());

    assertSameBytes("score", "first");
    assertSameBytes("score", "second");
    assertThat(session.workerIds()).isEqualTo(workers);
    assertThat(workers).allMatch(id -> ProcessHandle.of(id).orElseThrow().isAlive());
  }

  @Test
  void jobs_atOnce_writeTheBytesOfTheDirectRunner() throws Exception {
    assertTwoAtOnce();
  }

  /** Flink's runner could treat many values of one key in another way. */
  @Test
  void convert_shardOfTwentyThousandPictures_writesTheBytesOfTheDirectRunner() throws Exception {
    assertLargeShard(20_000);
  }
}
