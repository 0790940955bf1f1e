package dev.alexnet.infra.storage;

import dev.alexnet.infra.failure.Failure;
import java.util.OptionalLong;

/**
 * What must be at a location at the moment when an object there is replaced or deleted.
 *
 * @param generation of the object; 0 if there must be none; empty if it may be anything
 */
public record WriteCondition(OptionalLong generation) {
  private static final WriteCondition NONE = new WriteCondition(OptionalLong.empty());
  private static final WriteCondition ABSENT = new WriteCondition(OptionalLong.of(0));

  /** Whatever is there is replaced. */
  public static WriteCondition none() {
    return NONE;
  }

  /** There is no object. */
  public static WriteCondition absent() {
    return ABSENT;
  }

  /**
   * The object is still the one that was read.
   *
   * @param generation of {@link LoadedObject} or {@link ObjectEntry}
   */
  public static WriteCondition unchangedSince(long generation) {
    if (generation == 0) {
      throw new IllegalArgumentException("0 is the generation of no object");
    }
    return new WriteCondition(OptionalLong.of(generation));
  }

  /**
   * Whether an object may be replaced.
   *
   * @param present its generation; 0 if there is none
   */
  public boolean permits(long present) {
    return generation.isEmpty() || generation.getAsLong() == present;
  }

  /** The failure of a change whose condition does not hold. */
  public static Failure refused(String action, Location location) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "Cannot "
            + action
            + " "
            + location
            + ": another writer changed it at the same time; let only one run write there, then run"
            + " the same command again");
  }
}
