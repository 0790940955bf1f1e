package dev.alexnet.infra.storage;

import java.util.function.Supplier;

/** Passes each location to the store of its scheme. */
final class SchemeStore extends ForwardingStore {
  private final ObjectStore local;
  private final Supplier<ObjectStore> cloudSupplier;
  private ObjectStore cloud;

  SchemeStore(ObjectStore local, Supplier<ObjectStore> cloudSupplier) {
    this.local = local;
    this.cloudSupplier = cloudSupplier;
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    return location.isCloud() ? cloud() : local;
  }

  private synchronized ObjectStore cloud() {
    if (cloud == null) {
      cloud = cloudSupplier.get();
    }
    return cloud;
  }
}
