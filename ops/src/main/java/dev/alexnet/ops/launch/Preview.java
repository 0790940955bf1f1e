package dev.alexnet.ops.launch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a launch would submit now.
 *
 * @param next empty if it would submit nothing
 * @param whyNot then, in words
 */
public record Preview(Optional<Proposal> next, String whyNot) {
  public Preview {
    requireNonNull(next, "next is null");
    requireNonNull(whyNot, "whyNot is null");
  }

  public static Preview of(Proposal next) {
    return new Preview(Optional.of(next), "");
  }

  public static Preview nothing(String whyNot) {
    return new Preview(Optional.empty(), whyNot);
  }
}
