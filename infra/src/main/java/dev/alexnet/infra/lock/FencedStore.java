package dev.alexnet.infra.lock;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.lock.WorkerFence.LeaseClaim;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.infra.storage.WriteCondition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes under a directory only while it is held. Reads, and writes elsewhere, pass. */
final class FencedStore extends ForwardingStore {
  private final ObjectStore store;
  private final Location directory;
  private final Fence fence;

  FencedStore(ObjectStore store, Location directory, Fence fence) {
    this.store = requireNonNull(store, "store is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.fence = requireNonNull(fence, "fence is null");
  }

  /** Of this fence, and of those around it. */
  List<LeaseClaim> claims() {
    List<LeaseClaim> claims = new ArrayList<>();
    if (store instanceof FencedStore outer) {
      claims.addAll(outer.claims());
    }
    fence.claim().ifPresent(claims::add);
    return claims;
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    return store;
  }

  @Override
  public PendingObject create(Location location, WriteCondition condition) {
    return super.create(location, guarded(location, condition));
  }

  @Override
  public long write(Location location, byte[] content, WriteCondition condition) {
    requireHeld(location);
    return super.write(location, content, guarded(location, condition));
  }

  @Override
  public long upload(Path source, Location target, WriteCondition condition) {
    requireHeld(target);
    return super.upload(source, target, guarded(target, condition));
  }

  @Override
  public void delete(Location location, WriteCondition condition) {
    requireHeld(location);
    super.delete(location, guarded(location, condition));
  }

  @Override
  public void deleteDirectory(Location location) {
    requireHeld(location);
    super.deleteDirectory(location);
  }

  @Override
  public void copyDirectory(Location source, Location target, Runnable guard) {
    super.copyDirectory(
        source, target, guarded(target, WriteCondition.none().guardedBy(guard)).guard());
  }

  @Override
  public void deleteAbandoned(Location location) {
    requireHeld(location);
    super.deleteAbandoned(location);
  }

  /** Asked again before each request that counts, because many may come before it. */
  private WriteCondition guarded(Location location, WriteCondition condition) {
    return isInside(location) ? condition.guardedBy(fence::requireHeld) : condition;
  }

  private void requireHeld(Location location) {
    if (isInside(location)) {
      fence.requireHeld();
    }
  }

  /** A directory above would be deleted with this one. */
  private boolean isInside(Location location) {
    return location.isWithin(directory) || directory.isWithin(location);
  }
}
