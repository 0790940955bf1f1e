package dev.alexnet.infra.testing.gcs;

import java.util.Optional;

/**
 * What must hold of the live generation of an object, 0 standing for no object.
 *
 * @param match the generation it must be
 * @param notMatch the generation it must not be
 */
record Preconditions(Optional<Long> match, Optional<Long> notMatch) {
  static final Preconditions NONE = new Preconditions(Optional.empty(), Optional.empty());

  static Preconditions of(ApiRequest request) {
    for (String parameter : request.query().keySet()) {
      if (parameter.startsWith("ifMetageneration") || parameter.startsWith("ifSource")) {
        throw new Refusal(501, "The fake does not know " + parameter);
      }
    }
    return new Preconditions(
        request.number("ifGenerationMatch"), request.number("ifGenerationNotMatch"));
  }

  /**
   * @throws Refusal with 412 unless they hold
   */
  void requireForChange(long generation) {
    require(generation, 412);
  }

  /**
   * @throws Refusal with 412, or 304 if the object is still the one that the client has
   */
  void requireForRead(long generation) {
    require(generation, 304);
  }

  private void require(long generation, int statusIfTheSame) {
    if (match.isPresent() && match.get() != generation) {
      throw new Refusal(412, "At least one of the pre-conditions you specified did not hold.");
    }
    if (notMatch.isPresent() && notMatch.get() == generation) {
      throw new Refusal(
          statusIfTheSame, "At least one of the pre-conditions you specified did not hold.");
    }
  }
}
