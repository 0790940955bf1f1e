package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;

/** Forbids implicit bindings: only what a module binds can be injected. */
final class StrictModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().requireAtInjectOnConstructors();
    binder().disableCircularProxies();
  }
}
