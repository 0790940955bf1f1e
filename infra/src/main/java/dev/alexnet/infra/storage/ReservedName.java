package dev.alexnet.infra.storage;

import java.util.Set;

/**
 * Names of files that are about the work in a directory, and not part of what it holds. Listings
 * leave them out.
 */
public final class ReservedName {
  /** A file that its holder locks, in a local directory. */
  public static final String LOCK = ".lock";

  /** An object that its holder renews, in a directory of an object store. */
  public static final String LEASE = ".lease";

  /** What a dataset's pictures were when they were read. */
  public static final String INPUTS = ".inputs";

  /** Which training a directory of an object store has: a new one there has another id. */
  public static final String TRAINING = ".training";

  /** What the name of a result begins with that is kept until there is a new one. */
  public static final String FORMER = ".former-";

  private static final Set<String> NAMES = Set.of(LOCK, LEASE, INPUTS, TRAINING);

  // About whoever works in a directory, not about what is there.
  private static final Set<String> HOLDERS = Set.of(LOCK, LEASE);

  private ReservedName() {}

  /**
   * @param name of an object, which may be that of one in a directory below
   */
  public static boolean isOne(String name) {
    return NAMES.contains(lastOf(name));
  }

  /** Whether a copy of a directory has it. */
  public static boolean isCopied(String name) {
    String last = lastOf(name);
    return !HOLDERS.contains(last) && !last.startsWith(PendingFile.PREFIX);
  }

  private static String lastOf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
