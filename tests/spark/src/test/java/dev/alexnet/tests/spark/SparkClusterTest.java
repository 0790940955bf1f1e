package dev.alexnet.tests.spark;

import dev.alexnet.tests.cluster.TestCluster;
import dev.alexnet.tests.engine.ClusterContract;
import java.nio.file.Path;

/** A Spark cluster without a resource manager of another kind. */
class SparkClusterTest extends ClusterContract {
  @Override
  protected TestCluster start(Path directory) throws Exception {
    return SparkStandaloneCluster.start(directory);
  }
}
