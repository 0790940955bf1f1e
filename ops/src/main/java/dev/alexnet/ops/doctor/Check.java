package dev.alexnet.ops.doctor;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;

/**
 * What was found about one thing.
 *
 * @param subject what was looked at
 * @param problem what kind of problem it is, which decides the exit code; null where it is none
 * @param finding what was found, in words
 */
public record Check(String subject, Failure.Kind problem, String finding) {
  public Check {
    requireNonNull(subject, "subject is null");
    requireNonNull(finding, "finding is null");
  }

  static Check good(String subject, String finding) {
    return new Check(subject, null, finding);
  }

  public boolean isGood() {
    return problem == null;
  }
}
