package dev.alexnet.pipelines.convert;

/** How many shards a dataset has. */
final class ShardCount {
  // The 1,281,167 training images of ILSVRC2012 make 1,024 shards of about 50 MB.
  private static final long IMAGES_PER_SHARD = 1252;

  // Both cores of a small machine are busy to the end.
  private static final int LEAST = 4;

  private ShardCount() {}

  /**
   * Depends on nothing but the images, so that every machine writes the same files.
   *
   * @param asked how many the user wants, 0 to choose
   */
  static int of(long images, int asked) {
    if (asked > 0) {
      return asked;
    }
    long needed = (images + IMAGES_PER_SHARD - 1) / IMAGES_PER_SHARD;
    return Math.toIntExact(Math.max(LEAST, needed));
  }
}
