package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.console.Console;

final class ConsoleModule extends AbstractModule {
  private final Console console;

  ConsoleModule(Console console) {
    this.console = console;
  }

  @Override
  protected void configure() {
    bind(Console.class).toInstance(console);
  }
}
