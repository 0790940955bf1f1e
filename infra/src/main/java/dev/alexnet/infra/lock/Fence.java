package dev.alexnet.infra.lock;

/** Keeps a run from writing where another run may work by now. */
interface Fence {

  /**
   * @throws dev.alexnet.infra.failure.Failure of kind OUTPUT_EXISTS if another run may work there;
   *     what the store throws if that cannot be found out
   */
  void requireHeld();
}
