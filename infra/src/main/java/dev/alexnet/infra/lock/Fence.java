package dev.alexnet.infra.lock;

import dev.alexnet.infra.lock.WorkerFence.LeaseClaim;
import java.util.Optional;

/** Keeps a run from writing where another run may work by now. */
interface Fence {

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind OUTPUT_EXISTS if another run may work there;
   *     what the store throws if that cannot be found out
   */
  void requireHeld();

  /** What workers need to know of it; empty if they cannot have it. */
  default Optional<LeaseClaim> claim() {
    return Optional.empty();
  }
}
