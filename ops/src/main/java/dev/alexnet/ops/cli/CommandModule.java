package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.TrainingBenchmark;
import dev.alexnet.ops.job.Job;

final class CommandModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Alexnet.class);
    bind(ProgramVersion.class);
    bind(RunCommand.class);
    bind(SynthCommand.class);
    bind(ConvertCommand.class);
    bind(AugmentCommand.class);
    bind(TrainCommand.class);
    bind(ScoreCommand.class);
    bind(EvaluateCommand.class);
    bind(FeaturesCommand.class);
    bind(SimilarCommand.class);
    bind(FiltersCommand.class);
    bind(ReportCommand.class);
    bind(PredictCommand.class);
    bind(InspectCommand.class);
    bind(NetworkCommand.class);
    bind(DoctorCommand.class);
    bind(BenchmarkCommand.class);
    bind(Job.class);
    bind(JobPlanner.class);
    bind(Trainer.class);
    bind(TrainingBenchmark.class);
  }
}
