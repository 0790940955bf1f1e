package dev.alexnet.model.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Exact sums over the pixels of images of one size, from which the mean image and the colour
 * covariance are computed. They are sums of integers, so they do not depend on the order and
 * grouping of images.
 */
public final class PixelSums {
  private static final int CHANNELS = 3;
  private static final int PRODUCTS = 6;
  // 400 MiB of sums; also keeps every product of sizes within an int.
  private static final int LARGEST_SIZE = 4096;

  private final int size;
  private long images;
  private final long[] sums;
  // Of R·R, R·G, R·B, G·G, G·B, B·B.
  private final long[] products = new long[PRODUCTS];
  // The image that is being added, eight values per word, padded with zeros.
  private final long[] words;
  // Of the last few images, not yet in the sums.
  private final PackedLevelSums lanes;

  /**
   * @param size height and width of the images in pixels, from 1 to 4096
   */
  public PixelSums(int size) {
    if (size < 1 || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "The size is " + size + "; it must be 1 to " + LARGEST_SIZE);
    }
    this.size = size;
    this.sums = new long[size * size * CHANNELS];
    this.words = new long[ColourProducts.wordsOf(size * size)];
    this.lanes = new PackedLevelSums(words.length);
  }

  public int size() {
    return size;
  }

  public long images() {
    return images;
  }

  /**
   * Adds one image.
   *
   * @param pixels {@code [size, size, 3]} in the order row, column, RGB; one unsigned byte per
   *     value
   */
  public void add(byte[] pixels) {
    if (pixels.length != sums.length) {
      throw new IllegalArgumentException(
          "An image has " + pixels.length + " values; it must have " + sums.length);
    }
    readWords(pixels);
    ColourProducts.add(words, products);
    lanes.add(words);
    if (lanes.areFull()) {
      lanes.moveTo(sums);
    }
    images++;
  }

  private void readWords(byte[] pixels) {
    int whole = pixels.length / Long.BYTES;
    ByteBuffer.wrap(pixels).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words, 0, whole);
    for (int i = whole * Long.BYTES; i < pixels.length; i++) {
      int shift = i % Long.BYTES * Byte.SIZE;
      words[whole] = (words[whole] & ((1L << shift) - 1)) | ((pixels[i] & 0xffL) << shift);
    }
  }

  /** Adds the sums of another. */
  public void add(PixelSums other) {
    if (other.size != size) {
      throw new IllegalArgumentException("Sums of size " + other.size + " do not fit " + size);
    }
    other.lanes.moveTo(other.sums);
    Arrays.setAll(sums, i -> sums[i] + other.sums[i]);
    Arrays.setAll(products, i -> products[i] + other.products[i]);
    images += other.images;
  }

  /**
   * The mean image: {@code [size, size, 3]}, row, column, RGB, from 0 to 255.
   *
   * @throws IllegalStateException if no image was added
   */
  public MeanImage meanImage() {
    requireImages();
    lanes.moveTo(sums);
    float[] values = new float[sums.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((double) sums[i] / images);
    }
    return new MeanImage(size, values);
  }

  /**
   * Mean colour and covariance of the colours of all pixels.
   *
   * @throws IllegalStateException if no image was added
   */
  public ColourStatistics colourStatistics() {
    requireImages();
    lanes.moveTo(sums);
    double pixels = (double) images * size * size;
    double[] mean = new double[CHANNELS];
    for (int i = 0; i < sums.length; i++) {
      mean[i % CHANNELS] += sums[i];
    }
    Arrays.setAll(mean, c -> mean[c] / pixels);
    double[][] covariance = new double[CHANNELS][CHANNELS];
    int product = 0;
    for (int i = 0; i < CHANNELS; i++) {
      for (int j = i; j < CHANNELS; j++) {
        covariance[i][j] = products[product++] / pixels - mean[i] * mean[j];
        covariance[j][i] = covariance[i][j];
      }
    }
    return ColourStatistics.of(images, mean, covariance);
  }

  private void requireImages() {
    if (images == 0) {
      throw new IllegalStateException("There are no statistics without an image");
    }
  }

  /** The sums as bytes, for {@link #fromBytes}. */
  public byte[] toBytes() {
    lanes.moveTo(sums);
    ByteBuffer buffer = ByteBuffer.allocate((2 + PRODUCTS + sums.length) * Long.BYTES);
    buffer.putLong(size).putLong(images);
    buffer.asLongBuffer().put(products).put(sums);
    return buffer.array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not those of {@link #toBytes}
   */
  public static PixelSums fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < 2 * Long.BYTES) {
      throw new IllegalArgumentException("Pixel sums are cut short at " + bytes.length + " bytes");
    }
    long size = buffer.getLong();
    long images = buffer.getLong();
    long sums = (long) buffer.remaining() / Long.BYTES - PRODUCTS;
    if (size < 1
        || size > LARGEST_SIZE
        || sums != size * size * CHANNELS
        || buffer.remaining() % Long.BYTES != 0
        || images < 0) {
      throw new IllegalArgumentException(
          bytes.length + " bytes are not the sums of " + images + " images of size " + size);
    }
    PixelSums result = new PixelSums((int) size);
    result.images = images;
    buffer.asLongBuffer().get(result.products).get(result.sums);
    return result;
  }
}
