package dev.alexnet.infra.storage;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.util.OptionalLong;

/**
 * What must hold at the moment when an object is made visible, replaced or deleted.
 *
 * @param generation of the object that is there; 0 if there must be none; empty if it may be
 *     anything
 * @param guard called before each request that could make the change, however many requests and
 *     retries came before it; what it throws keeps the change from being made
 */
public record WriteCondition(OptionalLong generation, Runnable guard) {
  private static final WriteCondition NONE =
      new WriteCondition(OptionalLong.empty(), WriteCondition::pass);
  private static final WriteCondition ABSENT =
      new WriteCondition(OptionalLong.of(0), WriteCondition::pass);

  public WriteCondition {
    requireNonNull(generation, "generation is null");
    requireNonNull(guard, "guard is null");
  }

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
    return new WriteCondition(OptionalLong.of(generation), WriteCondition::pass);
  }

  /** The guard of a condition that has none. */
  private static void pass() {}

  /** This condition, and another guard after those it has. */
  public WriteCondition guardedBy(Runnable another) {
    return new WriteCondition(
        generation,
        () -> {
          guard.run();
          another.run();
        });
  }

  /** Whether there must be no object. */
  public boolean isOfAbsence() {
    return generation.equals(ABSENT.generation);
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
