package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;

/**
 * The shuffled order of pictures. It depends on the seed and a picture's id only, so it is the same
 * on every engine, and a picture keeps its place among the others when some come or go.
 */
record PictureOrder(long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A number from 0 to {@code Long.MAX_VALUE} that looks random. */
  long hash(String id) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
      digest.update(id.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest.digest()).getLong() & Long.MAX_VALUE;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The shard of a picture, from 0 to {@code shards - 1}. */
  int shard(String id, int shards) {
    return (int) (hash(id) % shards);
  }

  /** Within a shard by the hash; equal ids by where they are. */
  Comparator<PictureReference> comparator() {
    return Comparator.comparingLong((PictureReference reference) -> hash(reference.id()))
        .thenComparing(PictureReference::id)
        .thenComparing(reference -> reference.archive().value())
        .thenComparingLong(PictureReference::offset);
  }
}
