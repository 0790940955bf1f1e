package dev.alexnet.model.training.step;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.training.shards.WindowSize;

/**
 * How far an input pipeline reads ahead of the batches that it delivers. All numbers are counted
 * from the start of an epoch, and may be larger than it.
 *
 * @param batch images per batch
 * @param shuffled how many records the shuffle keeps; at least 1, for none
 * @param parallelCalls how many records are decoded, or wait for a thread to decode them
 * @param prefetched how many batches wait to be delivered
 */
record ReadAhead(int batch, long shuffled, int parallelCalls, long prefetched) {
  /**
   * TensorFlow fuses decoding and batching. It starts with as many batches in progress as the calls
   * fill, but adds one whenever the next stage waits and a call is free, up to this many.
   */
  private static final long FUSED_BATCHES = 16;

  /** How many records were read at least when so many batches were delivered; 0 for none. */
  long atLeast(long batches) {
    return batches == 0 ? 0 : batches * batch + shuffled - 1;
  }

  /** How many records are read at most before so many batches were delivered. */
  long atMost(long batches) {
    long unfused = ((long) parallelCalls + batch - 1) / batch;
    return (batches + prefetched + Math.max(FUSED_BATCHES, unfused)) * batch + shuffled - 1;
  }

  /** The records that one run may go through. */
  WindowSize window(Dataset dataset) {
    return new WindowSize(dataset, atMost(1), atMost(2) - atLeast(1) + 1);
  }
}
