package dev.alexnet.tests.cluster;

import java.util.List;

/** A cluster of separate processes on this machine: a master and two workers. */
public interface TestCluster extends AutoCloseable {

  /** The options after {@code --} that name it. */
  List<String> options();

  /** Options of the client's Java virtual machine. */
  List<String> javaOptions();

  /** Kills a worker as {@code kill -9} does; the others stay. */
  void killWorker() throws Exception;

  /** Starts another worker, and waits until the master knows it. */
  void startWorker() throws Exception;

  /** The names of jobs that have not ended. */
  List<String> activeJobs() throws Exception;

  @Override
  void close();
}
