package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.job.Job;
import dev.alexnet.ops.planning.JobPlanner;

/** Plans a batch job and runs it. */
final class JobModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(JobPlanner.class);
    bind(Job.class);
  }
}
