package dev.alexnet.pipelines.convert;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The shards that arrived at the last step, each once.
 *
 * @param checksums the CRC-32C of each shard that has pictures, by its index
 * @param pictures how many pictures were assigned to shards
 * @param shards how many shards the dataset has, those without a picture included
 */
record ArrivedShards(SortedMap<Integer, Long> checksums, long pictures, int shards) {

  /**
   * @throws IllegalStateException if a shard arrived twice, or there is no such shard: an engine
   *     that repeats work must keep only one result
   */
  static ArrivedShards of(Iterable<WrittenShard> written, long pictures, int shards) {
    SortedMap<Integer, Long> checksums = new TreeMap<>();
    for (WrittenShard shard : written) {
      if (shard.index() < 0 || shard.index() >= shards) {
        throw new IllegalStateException(
            "Shard " + shard.index() + " arrived; there are " + shards + " shards");
      }
      if (checksums.put(shard.index(), shard.crc32c()) != null) {
        throw new IllegalStateException("Shard " + shard.index() + " arrived twice");
      }
    }
    return new ArrivedShards(checksums, pictures, shards);
  }

  /**
   * @param shard the summary that was kept of a shard
   * @throws IllegalStateException if it is of another attempt with other bytes than the one that
   *     arrived
   */
  void require(int index, ShardSummary shard) {
    if (checksums.get(index) != shard.shard().crc32c()) {
      throw new IllegalStateException(
          "%s arrived with the CRC-32C %08x, and is recorded with %08x"
              .formatted(shard.shard().name(), checksums.get(index), shard.shard().crc32c()));
    }
  }

  /**
   * @param found how many images and rejected pictures the shards have
   * @throws IllegalStateException if pictures were lost or worked on twice
   */
  void requireAllPictures(long found) {
    if (found != pictures) {
      throw new IllegalStateException(
          "%d pictures were assigned to shards, and the shards have %d".formatted(pictures, found));
    }
  }
}
