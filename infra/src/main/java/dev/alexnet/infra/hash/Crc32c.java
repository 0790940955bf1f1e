package dev.alexnet.infra.hash;

import java.util.zip.CRC32C;

/** CRC-32C checksums as unsigned 32-bit values, and how those of two parts make that of a whole. */
public final class Crc32c {
  // Castagnoli's polynomial, its lowest power in the highest bit.
  private static final int POLYNOMIAL = 0x82F63B78;
  private static final int ONE = 1 << 31;
  // x to the power of 8: a shift by one byte.
  private static final int BYTE = ONE >>> 8;

  private Crc32c() {}

  public static long of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  /**
   * The checksum of two parts, one after the other, without reading them again.
   *
   * @param first of the first part
   * @param second of the second part
   * @param secondLength length of the second part in bytes
   */
  public static long combined(long first, long second, long secondLength) {
    if (secondLength < 0) {
      throw new IllegalArgumentException("The length " + secondLength + " is negative");
    }
    // A checksum is a remainder: that of the first part is shifted by the second part's length.
    int shifted = product((int) first, bytesPower(secondLength));
    return Integer.toUnsignedLong(shifted ^ (int) second);
  }

  /** x to the power of 8 · {@code bytes}, modulo the polynomial. */
  private static int bytesPower(long bytes) {
    int power = ONE;
    int square = BYTE;
    for (long left = bytes; left > 0; left >>>= 1) {
      if ((left & 1) == 1) {
        power = product(power, square);
      }
      square = product(square, square);
    }
    return power;
  }

  private static int product(int left, int right) {
    int product = 0;
    int shifted = right;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((left & bit) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ POLYNOMIAL;
    }
    return product;
  }
}
