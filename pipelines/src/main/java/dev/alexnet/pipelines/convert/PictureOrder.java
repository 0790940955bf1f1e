package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The shuffled order of pictures. It depends on the seed and a picture's id only, so it is the same
 * on every engine, and a picture keeps its place among the others when some come or go.
 */
record PictureOrder(long seed) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<Ranked> BY_RANK =
      Comparator.comparingLong(Ranked::hash)
          .thenComparing(ranked -> ranked.picture.id())
          .thenComparing(ranked -> ranked.picture.archive().value())
          .thenComparingLong(ranked -> ranked.picture.offset());

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

  /** In the order of their hashes; equal ids by where they are. */
  List<PictureReference> sorted(Iterable<PictureReference> pictures) {
    List<Ranked> ranked = new ArrayList<>();
    pictures.forEach(picture -> ranked.add(new Ranked(hash(picture.id()), picture)));
    ranked.sort(BY_RANK);
    return ranked.stream().map(Ranked::picture).toList();
  }

  private record Ranked(long hash, PictureReference picture) {}
}
