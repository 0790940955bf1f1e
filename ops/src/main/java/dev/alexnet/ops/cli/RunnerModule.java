package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;

final class RunnerModule extends AbstractModule {
  private final List<String> arguments;

  RunnerModule(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  @Provides
  @Singleton
  RunnerOptions runnerOptions() {
    return new RunnerOptions(arguments);
  }
}
