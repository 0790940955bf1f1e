package dev.alexnet.tests.flink;

import dev.alexnet.tests.cluster.TestCluster;
import dev.alexnet.tests.engine.ClusterContract;
import java.nio.file.Path;

/** A Flink session cluster, which runs many jobs in the same workers. */
class FlinkClusterTest extends ClusterContract {
  @Override
  protected TestCluster start(Path directory) throws Exception {
    return FlinkSessionCluster.start(directory);
  }
}
