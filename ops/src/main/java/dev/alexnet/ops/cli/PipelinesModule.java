package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.alexnet.ops.process.Termination;
import dev.alexnet.ops.runner.EngineRuns;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.pipelines.augment.AugmentPipeline;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.engine.Interruption;
import dev.alexnet.pipelines.evaluate.Evaluator;
import dev.alexnet.pipelines.features.FeaturesPipeline;
import dev.alexnet.pipelines.score.ScorePipeline;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import java.util.List;

/** Binds the Beam pipelines and the options of their runner. */
final class PipelinesModule extends AbstractModule {
  private final List<String> arguments;

  PipelinesModule(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  @Override
  protected void configure() {
    bind(SyntheticImageNet.class);
    bind(ConvertPipeline.class);
    bind(AugmentPipeline.class);
    bind(ScorePipeline.class);
    bind(FeaturesPipeline.class);
    bind(Evaluator.class);
    bind(EngineRuns.class);
    bind(Interruption.class).to(Termination.class);
  }

  @Provides
  @Singleton
  RunnerOptions runnerOptions() {
    return new RunnerOptions(arguments);
  }
}
