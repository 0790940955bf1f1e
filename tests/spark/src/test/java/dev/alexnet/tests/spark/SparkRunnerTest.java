package dev.alexnet.tests.spark;

import dev.alexnet.tests.engine.RetryingRunnerContract;

/** Spark within this process. */
class SparkRunnerTest extends RetryingRunnerContract {
  @Override
  protected String[] engine() {
    return new String[] {"--runner=SparkRunner", "--sparkMaster=local[2]"};
  }

  @Override
  protected String[] engineWithRetries() {
    // The second number is how often a task may fail.
    return new String[] {"--runner=SparkRunner", "--sparkMaster=local[2,1000]"};
  }
}
