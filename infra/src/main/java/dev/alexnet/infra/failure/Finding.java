package dev.alexnet.infra.failure;

import static java.util.Objects.requireNonNull;

/**
 * Something wrong with stored data, found by an inspection, which goes on to find the rest.
 *
 * @param file the location of the file
 * @param offset the byte where it starts, null where it concerns the whole file
 * @param problem what is wrong, in words
 */
public record Finding(String file, Long offset, String problem) {
  public Finding {
    requireNonNull(file, "file is null");
    requireNonNull(problem, "problem is null");
  }

  /** One that concerns the whole file. */
  public static Finding of(Object file, String problem) {
    return new Finding(file.toString(), null, problem);
  }
}
