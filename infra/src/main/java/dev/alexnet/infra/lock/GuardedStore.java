package dev.alexnet.infra.lock;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;

/**
 * The store of a whole process. While the process holds a directory of an object store, whoever
 * writes there with this store passes the fence of that directory: the steps of a job are wired
 * before the job holds its work directory, and must not write there once another run may have taken
 * the job over.
 */
public final class GuardedStore extends ForwardingStore {
  private final ObjectStore store;
  private volatile ObjectStore innermost;

  public GuardedStore(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
    this.innermost = store;
  }

  /** A directory that is held until it is let go. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** What leases are written with, which must be given back after they are lost, too. */
  static ObjectStore unguarded(ObjectStore store) {
    return store instanceof GuardedStore guarded ? guarded.store : store;
  }

  /** What a store passes its calls on to at present: with the fences of what is held. */
  static ObjectStore beneath(ObjectStore store) {
    return store instanceof GuardedStore guarded ? guarded.innermost : store;
  }

  /**
   * Lets everybody who has the store write through the fence, if it is the store of a process.
   *
   * @param fenced around {@link #beneath}
   */
  static Hold hold(ObjectStore store, FencedStore fenced) {
    if (!(store instanceof GuardedStore guarded)) {
      return () -> {};
    }
    ObjectStore outer = guarded.innermost;
    guarded.innermost = fenced;
    return () -> guarded.innermost = outer;
  }

  @Override
  protected ObjectStore storeOf(Location location) {
    return innermost;
  }
}
