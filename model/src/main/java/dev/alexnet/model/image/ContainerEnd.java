package dev.alexnet.model.image;

import dev.alexnet.model.image.PictureHeader.Format;
import dev.alexnet.model.image.RejectedPicture.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds files that end before their first picture does, where a reader would not notice it. */
final class ContainerEnd {
  private static final int UNCOMPRESSED = 0;
  private static final int BIT_FIELDS = 3;

  private ContainerEnd() {}

  /**
   * @throws RejectedPicture of the reason TRUNCATED, or UNSUPPORTED if the end cannot be known
   */
  static void check(Format format, byte[] file) throws RejectedPicture {
    ByteBuffer content = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    try {
      switch (format) {
        case GIF -> checkGif(content);
        case BMP -> checkBmp(content);
        case WEBP -> checkWebp(content);
        // The reader of TIFF reads strips by their lengths.
        default -> {}
      }
    } catch (IndexOutOfBoundsException e) {
      throw truncated(file.length);
    }
  }

  /** GIF89a: the blocks up to the end of the first picture's. */
  private static void checkGif(ByteBuffer file) {
    int position = 13 + colours(file.get(10));
    while (file.get(position) == 0x21) {
      position = afterBlocks(file, position + 2);
    }
    if (file.get(position) == 0x2c) {
      afterBlocks(file, position + 11 + colours(file.get(position + 9)));
    }
  }

  private static int colours(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  private static int afterBlocks(ByteBuffer file, int start) {
    int position = start;
    while (file.get(position) != 0) {
      position += 1 + (file.get(position) & 0xff);
    }
    return position + 1;
  }

  private static void checkBmp(ByteBuffer file) throws RejectedPicture {
    if (file.getInt(14) < 40) {
      // Of OS/2, before compression and negative heights.
      requireBytes(file, file.getShort(18) & 0xffff, file.getShort(20) & 0xffff, file.getShort(24));
      return;
    }
    int compression = file.getInt(30);
    if (compression != UNCOMPRESSED && compression != BIT_FIELDS) {
      throw new RejectedPicture(
          Reason.UNSUPPORTED, "it is a compressed BMP file; uncompressed ones are decoded");
    }
    requireBytes(file, file.getInt(18), Math.abs((long) file.getInt(22)), file.getShort(28));
  }

  private static void requireBytes(ByteBuffer file, long width, long height, int bits)
      throws RejectedPicture {
    long row = (width * bits + 31) / 32 * 4;
    if (file.getInt(10) + row * height > file.limit()) {
      throw truncated(file.limit());
    }
  }

  private static void checkWebp(ByteBuffer file) throws RejectedPicture {
    if (Integer.toUnsignedLong(file.getInt(4)) + 8 > file.limit()) {
      throw truncated(file.limit());
    }
  }

  private static RejectedPicture truncated(int length) {
    return new RejectedPicture(
        Reason.TRUNCATED, "the file ends before its picture does, after " + length + " bytes");
  }
}
