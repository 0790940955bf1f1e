package dev.alexnet.ops.former;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;

/**
 * Results that are set aside while their steps are made anew: {@code training} becomes {@code
 * .former-training} beside it. Whatever is done can be stopped at any moment: until a former result
 * is complete, the result is, and each change can be made once more.
 */
public interface FormerResults {

  /**
   * @param store of a run that holds the work directory
   */
  static FormerResults in(Location workdir, ObjectStore store) {
    return workdir.isCloud() ? new CloudFormerResults(store) : new LocalFormerResults(store);
  }

  /** Whether the result of a directory is set aside, complete. */
  boolean exists(Location directory);

  /** Where the result of a directory is, or would be, set aside. */
  Location placeOf(Location directory);

  /** Sets a result aside. Its directory has nothing in it afterwards. */
  void setAside(Location directory);

  /** Puts a result back in the place of what has been begun there since. */
  void putBack(Location directory);

  /** Deletes a former result, or what there is of it; none is not a failure. */
  void delete(Location directory);

  /**
   * @throws Failure of kind OUTPUT_EXISTS if a former result of the directory is there already
   */
  default void requireNone(Location directory) {
    if (exists(directory)) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s is left of an earlier --redo; delete it, or move it to %s if that is the result to keep"
              .formatted(placeOf(directory), directory));
    }
  }
}
