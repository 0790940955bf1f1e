package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.launch.LaunchedRuns;
import dev.alexnet.ops.launch.life.CloudRuns;
import dev.alexnet.ops.launch.life.RecordedRuns;

/** Binds what launches runs on Google Cloud, and looks after them. */
final class LaunchModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(CloudRuns.class);
    bind(RecordedRuns.class);
    bind(LaunchedRuns.class).to(RecordedRuns.class);
  }
}
