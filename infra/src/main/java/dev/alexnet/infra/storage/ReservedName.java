package dev.alexnet.infra.storage;

import java.util.Set;

/** Names of files that show who works in a directory. Listings leave them out. */
public final class ReservedName {
  /** A file that its holder locks, in a local directory. */
  public static final String LOCK = ".lock";

  /** An object that its holder renews, in a directory of an object store. */
  public static final String LEASE = ".lease";

  private static final Set<String> NAMES = Set.of(LOCK, LEASE);

  private ReservedName() {}

  /**
   * @param name of an object, which may be that of one in a directory below
   */
  public static boolean isOne(String name) {
    return NAMES.contains(name.substring(name.lastIndexOf('/') + 1));
  }
}
