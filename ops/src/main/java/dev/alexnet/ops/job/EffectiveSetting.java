package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

/**
 * One effective setting of a piece of work.
 *
 * @param name as on the command line, without dashes: {@code train-per-class}
 * @param value as text; empty if it is not set
 */
public record EffectiveSetting(String name, String value, Origin origin) {
  public EffectiveSetting {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(origin, "origin is null");
  }

  /** Where the value comes from. */
  public enum Origin {
    DEFAULT("default"),
    GIVEN("given"),
    /**
     * The job, which decides where its steps write. Such places can move with the work directory.
     */
    JOB("job");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
