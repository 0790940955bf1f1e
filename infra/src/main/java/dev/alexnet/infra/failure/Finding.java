package dev.alexnet.infra.failure;

import static java.util.Objects.requireNonNull;

/**
 * A problem in stored data. An inspection continues after a finding and finds the rest.
 *
 * @param file the location of the file
 * @param offset the byte where it starts, null if it concerns the whole file
 * @param problem what is wrong, in words
 */
public record Finding(String file, Long offset, String problem) {
  public Finding {
    requireNonNull(file, "file is null");
    requireNonNull(problem, "problem is null");
  }

  /** A finding about the whole file. */
  public static Finding of(Object file, String problem) {
    return new Finding(file.toString(), null, problem);
  }
}
