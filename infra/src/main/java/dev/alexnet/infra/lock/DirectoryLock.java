package dev.alexnet.infra.lock;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.LocalDirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lets one run at a time work in a directory. */
public final class DirectoryLock {
  private DirectoryLock() {}

  /**
   * Does the work while no other run works in the directory.
   *
   * @param directory a local one is created if it does not exist
   * @param notices receives sentences for the user
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
        ? work.apply(store)
        : LocalDirectoryLock.holding(directory, () -> work.apply(store));
  }
}
