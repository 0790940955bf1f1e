package dev.alexnet.pipelines.convert;

/** How many shards a dataset has. */
final class ShardCount {
  // The 1,281,167 training images of ILSVRC2012 make 1,024 shards of about 50 MB.
  private static final long IMAGES_PER_SHARD = 1252;

  // Keeps both cores of a small machine busy to the end.
  private static final int LEAST = 4;

  private ShardCount() {}

  /**
   * Depends only on the number of images, so that every machine writes the same files.
   *
   * @param asked how many shards the user asked for; 0 to choose
   */
  static int of(long images, int asked) {
    if (asked > 0) {
      return asked;
    }
    long needed = (images + IMAGES_PER_SHARD - 1) / IMAGES_PER_SHARD;
    return Math.toIntExact(Math.max(LEAST, needed));
  }
}
