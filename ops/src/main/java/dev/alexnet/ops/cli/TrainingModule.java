package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.model.training.Trainer;
import dev.alexnet.model.training.benchmark.TrainingBenchmark;
import dev.alexnet.model.training.export.CheckpointExport;

/** Binds what trains networks and what measures training. */
final class TrainingModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Trainer.class);
    bind(TrainingBenchmark.class);
    bind(CheckpointExport.class);
  }
}
