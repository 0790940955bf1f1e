package dev.alexnet.model.dataset;

import java.util.Arrays;

/**
 * Sums the levels of a few images, four in a word, with one addition for four levels. Lanes of 16
 * bits have room for 257 images.
 */
final class PackedLevelSums {
  private static final int MOST_IMAGES = 0xffff / 0xff;
  private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;

  // Of the bytes 0, 2, 4, 6 of each word of an image, and of its bytes 1, 3, 5, 7.
  private final long[] even;
  private final long[] odd;
  private int images;

  /**
   * @param words of an image
   */
  PackedLevelSums(int words) {
    this.even = new long[words];
    this.odd = new long[words];
  }

  boolean areFull() {
    return images == MOST_IMAGES;
  }

  /**
   * Adds an image, unless the lanes are full.
   *
   * @param words eight levels each, the first in the lowest byte
   */
  void add(long[] words) {
    for (int i = 0; i < words.length; i++) {
      long word = words[i];
      even[i] += word & EVEN_BYTES;
      odd[i] += (word >>> 8) & EVEN_BYTES;
    }
    images++;
  }

  /** Adds the sums to others, in the order of levels, and starts again at zero. */
  void moveTo(long[] sums) {
    if (images == 0) {
      return;
    }
    for (int i = 0; i < sums.length; i++) {
      long lanes = (i % 2 == 0 ? even : odd)[i / Long.BYTES];
      int shift = i % Long.BYTES / 2 * Short.SIZE;
      sums[i] += (lanes >>> shift) & 0xffff;
    }
    Arrays.fill(even, 0);
    Arrays.fill(odd, 0);
    images = 0;
  }
}
