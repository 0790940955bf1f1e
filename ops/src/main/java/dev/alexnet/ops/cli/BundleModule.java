package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.alexnet.ops.bundle.Bundler;
import dev.alexnet.ops.bundle.Distribution;
import dev.alexnet.ops.bundle.JavaRuntime;

/** Binds what packs this program. */
final class BundleModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(Bundler.class);
  }

  @Provides
  Distribution distribution() {
    return Distribution.ofThisProgram();
  }

  @Provides
  JavaRuntime runtime() {
    return JavaRuntime.ofThisProgram();
  }
}
