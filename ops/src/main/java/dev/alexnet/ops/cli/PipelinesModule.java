package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.alexnet.ops.runner.RunnerOptions;
import java.util.List;

/** What runs the Beam pipelines. */
final class PipelinesModule extends AbstractModule {
  private final List<String> arguments;

  PipelinesModule(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  @Provides
  @Singleton
  RunnerOptions runnerOptions() {
    return new RunnerOptions(arguments);
  }
}
