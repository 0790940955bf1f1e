package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.pipelines.source.PictureReference;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The shuffled order of pictures. It depends only on the seed and the pictures' ids, so it is the
 * same on every engine, and adding or removing pictures does not reorder the others.
 */
record PictureOrder(long seed) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<Ranked> BY_RANK =
      Comparator.comparingLong(Ranked::hash)
          .thenComparing(ranked -> ranked.picture.id())
          .thenComparing(ranked -> ranked.picture.archive().value())
          .thenComparingLong(ranked -> ranked.picture.offset());

  /** A pseudorandom number from 0 to {@code Long.MAX_VALUE}. */
  long hash(String id) {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    byte[] both = ByteBuffer.allocate(Long.BYTES + name.length).putLong(seed).put(name).array();
    return ByteBuffer.wrap(Sha256.bytesOf(both)).getLong() & Long.MAX_VALUE;
  }

  /** The shard of a picture, from 0 to {@code shards - 1}. */
  int shard(String id, int shards) {
    return (int) (hash(id) % shards);
  }

  /** Sorted by hash; pictures with equal ids by archive and offset. */
  List<PictureReference> sorted(Iterable<PictureReference> pictures) {
    List<Ranked> ranked = new ArrayList<>();
    pictures.forEach(picture -> ranked.add(new Ranked(hash(picture.id()), picture)));
    ranked.sort(BY_RANK);
    return ranked.stream().map(Ranked::picture).toList();
  }

  private record Ranked(long hash, PictureReference picture) {}
}
