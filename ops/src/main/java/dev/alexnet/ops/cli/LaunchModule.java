package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.LaunchedRuns;
import dev.alexnet.ops.launch.RunName;

/** Binds what launches jobs on Google Cloud. */
final class LaunchModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Confirmation.class);
  }

  @Provides
  LaunchedRuns runs() {
    return new UnfollowedRuns();
  }

  /** Submits nothing: what follows a run is not here yet. */
  private static final class UnfollowedRuns implements LaunchedRuns {
    @Override
    public boolean isLaunched(EnvironmentContract contract, RunName run) {
      return false;
    }

    @Override
    public StepOutcome launch(LaunchPlan plan, byte[] jobFile) {
      throw new UnsupportedOperationException("launch");
    }

    @Override
    public StepOutcome attach(EnvironmentContract contract, LaunchSettings settings) {
      throw new UnsupportedOperationException("attach");
    }
  }
}
