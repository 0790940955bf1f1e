package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.LocalDirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets one run at a time work in a directory: by a file lock in a local directory, which ends with
 * the process, and by a lease in a directory of an object store, which ends when it is not renewed.
 */
public final class DirectoryLock {
  private DirectoryLock() {}

  /**
   * Does the work while no other run works in the directory.
   *
   * <p>A process that stands still for too long loses the directory without knowing it. The store
   * that the work gets therefore refuses to write there once another run may have taken over: with
   * a failure of kind OUTPUT_EXISTS, and nothing is written. The work itself ends with the same
   * failure then. A {@link GuardedStore} itself refuses likewise as long as the work lasts.
   *
   * @param directory a local one is created if it does not exist
   * @param notices receives sentences for the user: for whom this run waits
   * @param work gets the store that it must write to the directory with
   * @throws Failure of kind OUTPUT_EXISTS if another run works there or it is a file, PERMISSION if
   *     this user may not write there
   */
  public static <T> T holding(
      ObjectStore store,
      Location directory,
      Consumer<String> notices,
      Function<ObjectStore, T> work) {
    return directory.isCloud()
        ? leasing(store, directory, LeaseTerms.standard(), notices, work)
        : LocalDirectoryLock.holding(directory, () -> work.apply(store));
  }

  static <T> T leasing(
      ObjectStore store,
      Location directory,
      LeaseTerms terms,
      Consumer<String> notices,
      Function<ObjectStore, T> work) {
    Lease lease =
        new LeaseAcquisition(GuardedStore.unguarded(store), directory, terms, notices).acquire();
    FencedStore fenced = new FencedStore(GuardedStore.beneath(store), directory, lease);
    try (LeaseRenewal renewal = new LeaseRenewal(lease, terms.renewal());
        GuardedStore.Hold hold = GuardedStore.hold(store, fenced)) {
      T result = work.apply(fenced);
      lease.requireHeld();
      return result;
    } finally {
      lease.release();
    }
  }
}
