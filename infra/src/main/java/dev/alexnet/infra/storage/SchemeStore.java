package dev.alexnet.infra.storage;

import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.function.Supplier;

/** Passes each location to the store of its scheme. */
final class SchemeStore implements ObjectStore {
  private final ObjectStore local;
  private final Supplier<ObjectStore> cloudSupplier;
  private ObjectStore cloud;

  SchemeStore(ObjectStore local, Supplier<ObjectStore> cloudSupplier) {
    this.local = local;
    this.cloudSupplier = cloudSupplier;
  }

  private synchronized ObjectStore cloud() {
    if (cloud == null) {
      cloud = cloudSupplier.get();
    }
    return cloud;
  }

  private ObjectStore of(Location location) {
    return location.isCloud() ? cloud() : local;
  }

  @Override
  public boolean exists(Location location) {
    return of(location).exists(location);
  }

  @Override
  public boolean isDirectory(Location location) {
    return of(location).isDirectory(location);
  }

  @Override
  public long size(Location location) {
    return of(location).size(location);
  }

  @Override
  public long crc32c(Location location) {
    return of(location).crc32c(location);
  }

  @Override
  public SeekableByteChannel open(Location location) {
    return of(location).open(location);
  }

  @Override
  public byte[] readAll(Location location) {
    return of(location).readAll(location);
  }

  @Override
  public PendingObject create(Location location) {
    return of(location).create(location);
  }

  @Override
  public List<String> list(Location directory) {
    return of(directory).list(directory);
  }

  @Override
  public void delete(Location location) {
    of(location).delete(location);
  }

  @Override
  public void deleteDirectory(Location directory) {
    of(directory).deleteDirectory(directory);
  }

  @Override
  public void deleteAbandoned(Location directory) {
    of(directory).deleteAbandoned(directory);
  }
}
