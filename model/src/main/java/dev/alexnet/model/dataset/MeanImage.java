package dev.alexnet.model.dataset;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The mean of all training images, per pixel.
 *
 * @param size height and width in pixels
 * @param values {@code [size, size, 3]}, row, column, RGB, from 0 to 255; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record MeanImage(int size, float[] values) {
  private static final int CHANNELS = 3;

  public MeanImage {
    requireNonNull(values, "values is null");
    if (size < 1 || values.length != valuesOf(size)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "A mean image of size " + size + " has " + values.length + " values");
    }
  }

  /**
   * The middle of the image, the offset rounded down.
   *
   * @param cropSize height and width of the crop in pixels, from 1 to {@code size}
   * @throws Failure of kind MISMATCH if this image is smaller
   */
  public MeanImage centre(int cropSize) {
    if (cropSize > size) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The mean image is " + size + " pixels wide; a centre of " + cropSize + " does not fit");
    }
    int offset = (size - cropSize) / 2;
    float[] crop = new float[cropSize * cropSize * CHANNELS];
    for (int row = 0; row < cropSize; row++) {
      System.arraycopy(
          values,
          ((row + offset) * size + offset) * CHANNELS,
          crop,
          row * cropSize * CHANNELS,
          cropSize * CHANNELS);
    }
    return new MeanImage(cropSize, crop);
  }

  /** The values as 32-bit floats, little endian: the content of {@code mean_image.f32}. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  /**
   * @param where what to call the bytes in an error
   * @throws Failure of kind BAD_DATA if their number does not match the size
   */
  static MeanImage fromBytes(int size, byte[] bytes, Object where) {
    long expected = valuesOf(size) * Float.BYTES;
    if (bytes.length != expected) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where
              + " has "
              + bytes.length
              + " bytes; a mean image of size "
              + size
              + " has "
              + expected
              + ". Convert again");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return new MeanImage(size, values);
  }

  private static long valuesOf(int size) {
    return (long) size * size * CHANNELS;
  }
}
