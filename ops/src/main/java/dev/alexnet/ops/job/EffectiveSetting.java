package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

/**
 * One effective setting of a piece of work.
 *
 * @param name as on the command line, without dashes: {@code train-per-class}
 * @param value as text; empty if it is not set
 * @param ofMachine whether it belongs to the machine that does the work: a job does not record it
 */
public record EffectiveSetting(String name, String value, Origin origin, boolean ofMachine) {
  public EffectiveSetting {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
    requireNonNull(origin, "origin is null");
  }

  /** A setting of the work itself. */
  public EffectiveSetting(String name, String value, Origin origin) {
    this(name, value, origin, false);
  }

  /** The same setting with the name of its step before its own. */
  public EffectiveSetting of(String step) {
    return new EffectiveSetting(step + " " + name, value, origin, ofMachine);
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
