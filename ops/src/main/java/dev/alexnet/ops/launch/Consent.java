package dev.alexnet.ops.launch;

/** Asks whoever launches a run before money is spent. */
@FunctionalInterface
public interface Consent {
  /** For what was agreed to before, or needs no question. */
  Consent GIVEN = proposal -> true;

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind USAGE if there is nobody to ask
   */
  boolean isGiven(Proposal proposal);
}
