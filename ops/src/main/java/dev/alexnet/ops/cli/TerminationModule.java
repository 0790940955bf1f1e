package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;

final class TerminationModule extends AbstractModule {
  private final Termination termination;

  TerminationModule(Termination termination) {
    this.termination = termination;
  }

  @Override
  protected void configure() {
    bind(Termination.class).toInstance(termination);
  }
}
