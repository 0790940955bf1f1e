package dev.alexnet.model.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TInt64;

/** What the network is built for. */
public sealed interface Mode {

  /**
   * Dropout is random, drawn from (seed, step, layer, tower) alone, so that a resumed run draws the
   * same as an uninterrupted one.
   *
   * @param step the scalar number of the training step
   */
  record Training(long seed, Operand<TInt64> step) implements Mode {}

  /** Dropout multiplies by the share of values that training keeps. */
  record Inference() implements Mode {}
}
