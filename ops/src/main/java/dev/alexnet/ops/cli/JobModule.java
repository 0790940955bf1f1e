package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.attempt.Attempts;
import dev.alexnet.ops.job.Job;
import dev.alexnet.ops.job.StepRunner;
import dev.alexnet.ops.job.TrainingTimes;
import dev.alexnet.ops.planning.InProcessStepRunner;
import dev.alexnet.ops.planning.JobPlanner;
import dev.alexnet.ops.planning.OutputVerifier;

/** Binds what plans a batch job and runs it. Steps run in this process. */
final class JobModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(JobPlanner.class);
    bind(OutputVerifier.class);
    bind(InProcessStepRunner.class);
    bind(StepRunner.class).to(InProcessStepRunner.class);
    bind(Job.class);
    bind(TrainingTimes.class);
    bind(Attempts.class);
  }
}
