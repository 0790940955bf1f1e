package dev.alexnet.pipelines.convert;

import java.io.Serializable;

/**
 * A shard that a worker has written, or has found as it would write it.
 *
 * @param index from 0
 * @param crc32c of its file
 */
record WrittenShard(int index, long crc32c) implements Serializable {
  private static final long serialVersionUID = 1L;
}
