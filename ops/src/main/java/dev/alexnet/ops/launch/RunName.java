package dev.alexnet.ops.launch;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.util.regex.Pattern;

/**
 * The name of a run: of its work directory in the environment's bucket, of its jobs, and a label of
 * those.
 *
 * @param value 1 to 40 lower-case letters, digits and hyphens; starts with a letter and does not
 *     end with a hyphen
 */
public record RunName(String value) {
  /** For the end of the sentence "it must be ...". */
  static final String RULE =
      "1 to 40 lower-case letters, digits and hyphens, start with a letter, and not end with a"
          + " hyphen";

  // With a prefix and a number, a job's id stays within the 63 characters that Batch allows.
  private static final Pattern PATTERN = Pattern.compile("[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?");

  public RunName {
    if (!isValid(value)) {
      throw new Failure(
          Failure.Kind.USAGE, "The run is called '" + value + "'; its name must be " + RULE);
    }
  }

  static boolean isValid(String value) {
    return PATTERN.matcher(value).matches();
  }

  /** The run's work directory. */
  public Location workdir(EnvironmentContract contract) {
    return new Location("gs://" + contract.buckets().runs() + "/" + value);
  }

  /**
   * The id of the Batch job of an attempt, and the attempt's name in the work directory.
   *
   * @param attempt from 1
   */
  public String jobId(int attempt) {
    return "alexnet-" + value + "-" + attempt;
  }

  @Override
  public String toString() {
    return value;
  }
}
