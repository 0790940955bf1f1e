package dev.alexnet.tests.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.cluster.TestCluster;
import dev.alexnet.tests.engine.ClusterContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A Flink session cluster, which runs many jobs in the same workers. */
class FlinkClusterTest extends ClusterContract {
  @Override
  protected TestCluster cluster(Path directory) throws IOException {
    return new FlinkSessionCluster(directory);
  }

  @Test
  void jobs_oneAfterTheOther_leaveTheWorkersAlive() throws Exception {
    List<Long> workers = cluster.workerIds();
    score("first", engine());
    score("second", engine());

    assertSameBytes("score", "first");
    assertSameBytes("score", "second");
    assertThat(cluster.workerIds()).isEqualTo(workers);
    assertThat(workers).allMatch(id -> ProcessHandle.of(id).orElseThrow().isAlive());
  }

  @Test
  void jobs_atOnce_writeTheBytesOfTheDirectRunner() throws Exception {
    assertTwoAtOnce();
  }

  @Test
  void terminate_clientThatDetaches_leavesAJobThatFinishesTheOutput() throws Exception {
    List<String> engine = new ArrayList<>(cluster.options());
    engine.add("--detachOnInterrupt");

    AlexnetProcess.Ended ended = terminatedAfterAShard("detached", engine);

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(75);
    assertThat(ended.err()).contains(" goes on without this command, which was interrupted.");
    cluster.awaitEndOfJobs();
    assertSameBytes("convert", "detached");
  }
}
