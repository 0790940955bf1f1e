package dev.alexnet.pipelines.engine;

/** A result that tests can identify. */
record CountedShard(int index, int count) implements ShardResult {
  private static final long serialVersionUID = 1L;
}
