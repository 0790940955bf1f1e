package dev.alexnet.pipelines.engine;

/** A result with something to tell it by. */
record CountedShard(int index, int count) implements ShardResult {
  private static final long serialVersionUID = 1L;
}
