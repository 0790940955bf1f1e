package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.Job;

/** Stands in for the machine of a job. */
public interface Machine {

  /**
   * Starts the job's task, and comes back at once. Called again for each repetition.
   *
   * @param task to be told how the task ends, by any thread
   */
  void start(Job job, RunningTask task);

  /** Ends the task because the job is cancelled. */
  default void stop() {}

  /** How a task on a machine ends. */
  interface RunningTask {

    /** With its own exit code, or with one of Batch's, such as 50001 if preempted. */
    void exits(int exitCode);
  }
}
