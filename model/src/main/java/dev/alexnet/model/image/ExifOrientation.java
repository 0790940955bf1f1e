package dev.alexnet.model.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Finds the orientation of a picture in its EXIF data (CIPA DC-008, tag 0x0112): 1 as it is stored,
 * 2 mirrored, 3 turned by 180 degrees, 4 mirrored and turned, 5 and 7 transposed, 6 and 8 turned by
 * 90 degrees. Data that contradict themselves count as none.
 */
final class ExifOrientation {
  /** That of most pictures: nothing is to be turned. */
  static final int UPRIGHT = 1;

  private static final int LAST = 8;
  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private ExifOrientation() {}

  /**
   * @return 1 to 8; 1 if the picture has none
   */
  static int of(PictureHeader.Format format, byte[] file) {
    try {
      return switch (format) {
        case JPEG -> inJpeg(ByteBuffer.wrap(file));
        case PNG -> inPng(ByteBuffer.wrap(file));
        case WEBP -> inWebp(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
        case TIFF -> inTiff(ByteBuffer.wrap(file));
        case GIF, BMP -> UPRIGHT;
      };
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      // An offset or a length leads out of the file. The picture itself may be sound.
      return UPRIGHT;
    }
  }

  /** In the first segment of EXIF before the pixels; a viewer reads no other. */
  private static int inJpeg(ByteBuffer file) {
    int position = 2;
    while ((file.get(position) & 0xff) == 0xff) {
      int marker = file.get(position + 1) & 0xff;
      if (marker == 0xda || marker == 0xd9) {
        return UPRIGHT;
      }
      if (marker == 0xff) {
        position++;
        continue;
      }
      int length = file.getShort(position + 2) & 0xffff;
      if (marker == 0xe1 && isExif(file, position + 4)) {
        return inTiff(file.slice(position + 4 + EXIF.length, length - 2 - EXIF.length));
      }
      position += 2 + length;
    }
    return UPRIGHT;
  }

  private static boolean isExif(ByteBuffer file, int position) {
    for (int i = 0; i < EXIF.length; i++) {
      if (file.get(position + i) != EXIF[i]) {
        return false;
      }
    }
    return true;
  }

  private static int inPng(ByteBuffer file) {
    int position = 8;
    while (position + 8 <= file.limit()) {
      int length = file.getInt(position);
      if (file.getInt(position + 4) == 0x65584966 /* eXIf */) {
        return inTiff(file.slice(position + 8, length));
      }
      position = Math.addExact(position, Math.addExact(12, Math.max(0, length)));
    }
    return UPRIGHT;
  }

  private static int inWebp(ByteBuffer file) {
    int position = 12;
    while (position + 8 <= file.limit()) {
      int length = file.getInt(position + 4);
      if (file.getInt(position) == 0x46495845 /* EXIF */) {
        int start = isExif(file, position + 8) ? EXIF.length : 0;
        return inTiff(file.slice(position + 8 + start, length - start));
      }
      position = Math.addExact(position, Math.addExact(8, Math.max(0, length) + (length & 1)));
    }
    return UPRIGHT;
  }

  /** EXIF data are a TIFF file of their own. */
  private static int inTiff(ByteBuffer data) {
    data.order(data.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = data.getInt(4);
    int entries = data.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int entry = directory + 2 + ENTRY * i;
      if ((data.getShort(entry) & 0xffff) == TAG) {
        int value = data.getShort(entry + 8) & 0xffff;
        boolean valid = data.getShort(entry + 2) == SHORT && value >= UPRIGHT && value <= LAST;
        return valid ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }
}
