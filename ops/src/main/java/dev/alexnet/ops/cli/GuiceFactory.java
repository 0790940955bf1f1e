package dev.alexnet.ops.cli;

import com.google.inject.Injector;
import com.google.inject.Key;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates commands with the injector, and picocli's own classes with picocli's factory. */
final class GuiceFactory implements IFactory {
  private final Injector injector;
  private final IFactory otherwise = CommandLine.defaultFactory();

  GuiceFactory(Injector injector) {
    this.injector = injector;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return injector.getExistingBinding(Key.get(type)) == null
        ? otherwise.create(type)
        : injector.getInstance(type);
  }
}
