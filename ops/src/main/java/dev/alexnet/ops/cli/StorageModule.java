package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;

final class StorageModule extends AbstractModule {
  @Provides
  @Singleton
  ObjectStore store() {
    return ObjectStores.standard();
  }
}
