package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;

/** What is not bound on purpose is not there. */
final class StrictModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
  }
}
