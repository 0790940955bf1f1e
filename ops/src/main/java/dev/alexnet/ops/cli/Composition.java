package dev.alexnet.ops.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;
import dev.alexnet.ops.command.CommandModule;
import java.util.List;

/** The composition root: the only place that builds an injector. */
final class Composition {
  private Composition() {}

  /**
   * @param platform a {@link PlatformModule}, or one that overrides parts of it
   * @param runnerOptions the options after {@code --}, for the Beam runner
   */
  static Injector of(Module platform, List<String> runnerOptions) {
    return Guice.createInjector(
        Stage.PRODUCTION,
        new StrictModule(),
        platform,
        new PipelinesModule(runnerOptions),
        new TrainingModule(),
        new JobModule(),
        new LaunchModule(),
        new ReportModule(),
        new InspectionModule(),
        new BundleModule(),
        new CommandModule());
  }
}
