package dev.alexnet.model.dataset;

/**
 * Sums the products of a pixel's levels, with two multiplications per pixel instead of six: levels
 * lie side by side in a word, and so do the products of two such words, with room for the sums over
 * some pixels.
 */
final class ColourProducts {
  // 16 · 2 · 255 · 255 is the largest sum that must fit a field; the third field is wider by a bit.
  private static final int PIXELS = 16;
  private static final int FIELD = 21;
  private static final long FIELD_MASK = (1L << FIELD) - 1;
  private static final int WORDS = PIXELS * 3 / Long.BYTES;

  private ColourProducts() {}

  /** How many words the given number of pixels takes, padded with zeros. */
  static int wordsOf(int pixels) {
    return (pixels + PIXELS - 1) / PIXELS * WORDS;
  }

  /**
   * Adds the products of an image.
   *
   * @param words eight levels each in the order R, G, B, the first in the lowest byte
   * @param products the sums of R·R, R·G, R·B, G·G, G·B, B·B
   */
  static void add(long[] words, long[] products) {
    long rr = 0;
    long rg = 0;
    long rb = 0;
    long gg = 0;
    long gb = 0;
    long bb = 0;
    for (int start = 0; start < words.length; start += WORDS) {
      long ofRedAndGreen = 0;
      long withBlue = 0;
      // Eight pixels are three words.
      for (int i = start; i < start + WORDS; i += 3) {
        long a = words[i];
        long b = words[i + 1];
        long c = words[i + 2];
        ofRedAndGreen +=
            squared(a)
                + squared(a >>> 24)
                + squared((a >>> 48) | (b << 16))
                + squared(b >>> 8)
                + squared(b >>> 32)
                + squared((b >>> 56) | (c << 8))
                + squared(c >>> 16)
                + squared(c >>> 40);
        withBlue +=
            timesBlue(a)
                + timesBlue(a >>> 24)
                + timesBlue((a >>> 48) | (b << 16))
                + timesBlue(b >>> 8)
                + timesBlue(b >>> 32)
                + timesBlue((b >>> 56) | (c << 8))
                + timesBlue(c >>> 16)
                + timesBlue(c >>> 40);
      }
      rr += ofRedAndGreen & FIELD_MASK;
      rg += ((ofRedAndGreen >>> FIELD) & FIELD_MASK) / 2;
      gg += ofRedAndGreen >>> (2 * FIELD);
      rb += withBlue & FIELD_MASK;
      gb += (withBlue >>> FIELD) & FIELD_MASK;
      bb += withBlue >>> (2 * FIELD);
    }
    products[0] += rr;
    products[1] += rg;
    products[2] += rb;
    products[3] += gg;
    products[4] += gb;
    products[5] += bb;
  }

  /** Red and green of the pixel in the lowest three bytes, a field each. */
  private static long redAndGreen(long pixel) {
    return (pixel & 0xff) | ((pixel & 0xff00) << (FIELD - 8));
  }

  /** R·R, 2 · R·G and G·G. */
  private static long squared(long pixel) {
    long levels = redAndGreen(pixel);
    return levels * levels;
  }

  /** R·B, G·B and B·B. */
  private static long timesBlue(long pixel) {
    long blue = (pixel >>> 16) & 0xff;
    return blue * (redAndGreen(pixel) | (blue << (2 * FIELD)));
  }
}
